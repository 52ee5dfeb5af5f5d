//! What the firm took back: what is left of it for the client, and whether its files may still be given out.

use super::{DossierYear, GivenRevision, Recalled, Sender};
use model::{hash::ContentHash, id::*, language::Bilingual, record::*};
use std::{collections::BTreeMap, sync::Arc};

impl DossierYear {
    /// Returns the recall of a thing, if it was taken back.
    pub fn recall(&self, target: RecallTarget) -> Option<&Recall> {
        self.recalled.iter().find(|recalled| recalled.target == target).map(|recalled| &recalled.recall)
    }

    /// Returns true if a thing of the firm is there that can be taken back, whether it was or not.
    pub fn has_target(&self, target: RecallTarget) -> bool {
        let of_firm = |from: &Sender| matches!(from, Sender::Advisor(_));
        match target {
            RecallTarget::Revision(id) => self.revision(id).is_some(),
            RecallTarget::Delivery(id) => self.deliveries.iter().any(|(known, _)| *known == id),
            RecallTarget::Message(id) => self.messages.iter().any(|m| m.id == id && of_firm(&m.from)),
            RecallTarget::Checklist(id) => self.checklists.contains_key(&id),
            RecallTarget::Request(id) => {
                self.task(id).is_some_and(|t| matches!(t.task.kind, TaskKind::DocumentRequest(_)))
            }
        }
    }

    /// Returns the files of a thing.
    pub fn files_of(&self, target: RecallTarget) -> Vec<ContentHash> {
        self.about(target).1
    }

    /// Returns the approvals of a thing, of which there are proofs that contain it.
    pub fn approvals_of(&self, target: RecallTarget) -> Vec<ApprovalId> {
        self.about(target).2
    }

    /// Returns true if a file was part of something that was taken back, and of nothing else in this year.
    pub fn is_recalled_file(&self, hash: &ContentHash) -> bool {
        self.recalled.iter().any(|recalled| recalled.files.contains(hash)) && !self.has_file(hash)
    }

    /// Returns true if an approval is of something that was taken back.
    pub fn is_recalled_approval(&self, approval: ApprovalId) -> bool {
        self.recalled.iter().any(|recalled| recalled.approvals.contains(&approval))
    }

    /// Returns true if a checklist was taken back.
    pub fn is_recalled_checklist(&self, checklist: ChecklistId) -> bool {
        self.recall(RecallTarget::Checklist(checklist)).is_some()
    }

    /// Adds what was taken back, the newest first. A recall of something that is not there has no effect.
    pub(super) fn add_recalls(&mut self, recalls: BTreeMap<RecallTarget, Recall>) {
        for (target, recall) in recalls {
            if !self.has_target(target) {
                continue;
            }
            let (title, files, approvals) = self.about(target);
            if let RecallTarget::Revision(id) = target
                && let Some(given) = self.revisions.iter_mut().find(|r| r.id == id)
            {
                given.recall = Some(recall.clone());
            }
            self.recalled.push(Recalled { target, recall, title, files, approvals });
        }
        self.recalled.sort_by_key(|recalled| (std::cmp::Reverse(recalled.recall.at), recalled.target));
    }

    fn about(&self, target: RecallTarget) -> (Option<Bilingual>, Vec<ContentHash>, Vec<ApprovalId>) {
        match target {
            RecallTarget::Revision(id) => self.revision(id).map(of_revision).unwrap_or_default(),
            RecallTarget::Delivery(id) => {
                let of = self.deliveries.iter().filter(|(known, _)| *known == id);
                (None, of.map(|(_, delivery)| delivery.file.hash).collect(), Vec::new())
            }
            RecallTarget::Message(id) => {
                let of = self.messages.iter().filter(|m| m.id == id);
                (None, of.flat_map(|m| m.files.iter().map(|file| file.hash)).collect(), Vec::new())
            }
            RecallTarget::Checklist(id) => {
                (self.checklists.get(&id).map(|c| c.template.title.clone()), Vec::new(), Vec::new())
            }
            RecallTarget::Request(_) => (None, Vec::new(), Vec::new()),
        }
    }

    /// Returns the year as the client's people may see it: of what was taken back, only that it was.
    pub fn without_recalled(mut self) -> Self {
        for Recalled { target, .. } in &self.recalled {
            match target {
                RecallTarget::Revision(id) => self.revisions.retain(|r| r.id != *id),
                RecallTarget::Delivery(id) => self.deliveries.retain(|(known, _)| known != id),
                RecallTarget::Message(id) => {
                    for message in self.messages.iter_mut().filter(|m| m.id == *id) {
                        message.body.clear();
                        message.files.clear();
                    }
                }
                RecallTarget::Checklist(id) => {
                    self.checklists.retain(|known, _: &mut Arc<Checklist>| known != id);
                    self.hand_ins.remove(id);
                    self.hand_in_ids.remove(id);
                    self.all_hand_ins.remove(id);
                    self.reopenings.remove(id);
                    self.answers.given.retain(|key, _| key.checklist != *id);
                    self.answers.documents.retain(|key, _| key.checklist != *id);
                    self.answers.last_year.retain(|key, _| key.checklist != *id);
                    self.answers.reviews.retain(|key, _| key.checklist != *id);
                }
                RecallTarget::Request(id) => {
                    for given in self.tasks.iter_mut().filter(|t| t.id == *id) {
                        given.task.kind = TaskKind::DocumentRequest(Vec::new());
                        given.task.title = Bilingual::new("Verzoek om documenten", "Request for documents");
                    }
                }
            }
        }
        self
    }
}

fn of_revision(given: &GivenRevision) -> (Option<Bilingual>, Vec<ContentHash>, Vec<ApprovalId>) {
    use model::language::Language;
    let title = Bilingual::new(given.title(Language::Nl), given.title(Language::En));
    let papers = given.consents.values().filter_map(|c| c.paper.as_ref()).map(|paper| paper.file.hash);
    let files = std::iter::once(given.revision.file.hash).chain(papers).collect();
    let approvals = given.consents.values().flat_map(|c| c.approvals.iter().map(|(id, ..)| *id)).collect();
    (Some(title), files, approvals)
}
