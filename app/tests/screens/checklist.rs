//! Tests of filling in, of differing answers, and of checking and handing in.

use crate::season::*;
use app::{
    component::question::edit::Edit,
    screen::{QuestionsPage, ReviewPage},
    view::View,
};
use dioxus::{
    dioxus_core::{ElementId, Event, Mutation, Mutations, NoOpMutations},
    prelude::*,
};
use dioxus_html::{PlatformEventData, SerializedFocusData, SerializedFormData, SerializedHtmlEventConverter};
use documents::{
    document::UnknownRecord,
    dossier::{DossierYear, GivenMessage, Sender},
};
use model::{
    checklist::{AnswerKey, AnswerValue},
    id::{HandInId, MessageId, RowId},
    money::Cents,
    record::{HandIn, Role},
    section::Section,
};
use std::{any::Any, cell::RefCell, rc::Rc};

#[derive(Clone)]
struct Filling {
    view: View,
    section: &'static str,
    choosing: Option<AnswerKey>,
    edits: Rc<RefCell<Vec<Edit>>>,
}

fn filling(view: View, section: &'static str) -> Filling {
    Filling { view, section, choosing: None, edits: Rc::default() }
}

fn questions(filling: Filling) -> Element {
    let edits = filling.edits;
    rsx! {
        QuestionsPage {
            view: filling.view,
            task: task(2),
            checklist: checklist(),
            section: filling.section.to_owned(),
            choosing: filling.choosing,
            on_edit: move |edit| edits.borrow_mut().push(edit),
            on_ask: |()| {},
            on_choice: |_| {},
        }
    }
}

fn page(filling: Filling) -> String {
    html(questions, filling)
}

/// A page whose fields can be used without a browser.
struct Used {
    dom: VirtualDom,
    listeners: Vec<(String, ElementId)>,
    edits: Rc<RefCell<Vec<Edit>>>,
}

impl Used {
    fn new(filling: Filling) -> Self {
        dioxus_html::set_event_converter(Box::new(SerializedHtmlEventConverter));
        let edits = filling.edits.clone();
        let mut dom = VirtualDom::new_with_props(questions, filling);
        let mut mutations = Mutations::default();
        dom.rebuild(&mut mutations);
        let listener = |edit: &Mutation| match edit {
            Mutation::NewEventListener { name, id } => Some((name.clone(), *id)),
            _ => None,
        };
        let listeners = mutations.edits.iter().filter_map(listener).collect();
        Self { dom, listeners, edits }
    }

    /// Sends an event to the `nth` element that listens for it.
    fn send(&mut self, name: &str, nth: usize, data: Box<dyn Any>) {
        let (_, id) = *self.listeners.iter().filter(|(n, _)| n == name).nth(nth).as_ref().unwrap();
        let event = Event::new(Rc::new(PlatformEventData::new(data)) as Rc<dyn Any>, true);
        self.dom.runtime().handle_event(name, event, *id);
        self.dom.render_immediate(&mut NoOpMutations);
    }

    fn type_and_leave(&mut self, nth: usize, text: &str) {
        self.send("input", nth, Box::new(SerializedFormData::new(text.to_owned(), Vec::new())));
        self.send("blur", nth, Box::new(SerializedFocusData::default()));
    }

    fn html(&self) -> String {
        dioxus_ssr::render(&self.dom)
    }
}

fn differing() -> DossierYear {
    let mut season = year();
    answer(&mut season, place("woz"), AnswerValue::Amount(Cents(1_840_000)), MARIEKE, 1);
    answer(&mut season, place("woz"), AnswerValue::Amount(Cents(2_115_000)), THOMAS, 2);
    season
}

#[test]
fn a_follow_up_is_asked_after_the_answer_that_calls_for_it() {
    let mut season = year();
    let before = page(filling(view(season.clone()), "wonen"));
    assert!(before.contains("Bent u in 2025 verhuisd?"), "{before}");
    assert!(!before.contains("Wanneer kreeg u de sleutel?"));
    answer(&mut season, place("verhuisd"), AnswerValue::Yes, THOMAS, 18);
    let after = page(filling(view(season), "wonen"));
    assert!(after.contains("checked=true"), "the given answer is chosen: {after}");
    assert!(after.contains("Wanneer kreeg u de sleutel?") && after.contains("Nota van afrekening"));
    assert!(after.contains("Thomas heeft dit ingevuld, gisteren 20:02"), "{after}");
    assert!(after.contains("Scan voor Nota van afrekening"));
}

#[test]
fn an_answer_of_a_newer_app_says_so_and_cannot_be_changed() {
    let mut season = year();
    season.unknown.push(UnknownRecord { section: Some(Section::Answers), key: place("verhuisd").to_string() });
    let shown = page(filling(view(season.clone()), "wonen"));
    let question = &shown[shown.find("Bent u in 2025 verhuisd?").unwrap()..shown.find("</fieldset>").unwrap()];
    assert!(question.contains("alleen te zien en te wijzigen met een nieuwere versie van de app"), "{question}");
    assert!(!question.contains("<input"), "{question}");
    let shown = page(filling(english(view(season)), "wonen"));
    assert!(shown.contains("can be seen and changed only with a newer version of the app"), "{shown}");
}

#[test]
fn a_section_without_questions_can_be_left_out() {
    let mut year = year();
    let mut set_out = year.checklists[&checklist()].as_ref().clone();
    let section = set_out.template.sections.iter_mut().find(|s| s.id == "wonen").unwrap();
    section.questions.clear();
    year.checklists.insert(checklist(), set_out.into());
    assert!(page(filling(view(year), "wonen")).contains("Dit onderdeel kunt u overslaan"));
}

#[test]
fn a_question_to_each_person_carries_the_name() {
    let mut season = year();
    answer(&mut season, of_person("bijverdienste", THOMAS), AnswerValue::Amount(Cents(25_050)), THOMAS, 1);
    let shown = page(filling(view(season.clone()), "inkomen"));
    assert!(shown.contains("Marieke: Hoeveel verdiende u bij?"), "{shown}");
    assert!(shown.contains("Voor u") && shown.contains("Voor Thomas"));
    assert!(shown.contains("value=\"250,50\""));
    let shown = page(filling(english(view(season)), "inkomen"));
    assert!(shown.contains("Thomas: How much did you earn on the side?"), "{shown}");
}

#[test]
fn both_answers_are_shown_and_none_is_chosen() {
    let shown = page(filling(view(differing()), "wonen"));
    assert!(shown.contains("Thomas vulde iets anders in"), "{shown}");
    assert!(shown.contains("€ 18.400") && shown.contains("€ 21.150"));
    assert!(shown.contains("Kies welk antwoord klopt"));
    let sheet = page(Filling { choosing: Some(place("woz")), ..filling(view(differing()), "wonen") });
    let dialog = &sheet[sheet.find("<dialog").unwrap()..];
    assert!(dialog.contains("Welk bedrag klopt?") && dialog.contains("Ik weet het niet"), "{dialog}");
    assert!(dialog.contains("Antwoord van Thomas, 12:02") && dialog.contains("Uw antwoord, 13:02"));
    assert!(!dialog.contains("checked=true"), "{dialog}");
}

#[test]
fn an_answer_is_written_and_a_wrong_amount_never() {
    let mut used = Used::new(filling(view(year()), "inkomen"));
    used.type_and_leave(0, "twaalf");
    assert!(used.html().contains("Dit is geen bedrag."), "{}", used.html());
    assert!(used.html().contains("aria-invalid=\"true\""));
    assert!(used.edits.borrow().is_empty(), "nothing is written");
    used.type_and_leave(0, "1.284,50");
    let written = Edit::Answer(of_person("bijverdienste", MARIEKE), AnswerValue::Amount(Cents(128_450)));
    assert_eq!(*used.edits.borrow(), [written], "written once");
    assert!(!used.html().contains("Dit is geen bedrag."));
}

#[test]
fn a_day_that_does_not_exist_is_never_written() {
    let mut season = year();
    answer(&mut season, place("verhuisd"), AnswerValue::Yes, MARIEKE, 1);
    let mut used = Used::new(filling(view(season), "wonen"));
    for (nth, part) in ["31", "2", "2025"].into_iter().enumerate() {
        used.type_and_leave(nth, part);
    }
    assert!(used.html().contains("Deze datum bestaat niet."), "{}", used.html());
    assert!(used.edits.borrow().is_empty());
    used.type_and_leave(0, "14");
    let day = AnswerValue::Date(jiff::civil::date(2025, 2, 14));
    assert_eq!(*used.edits.borrow(), [Edit::Answer(place("sleutel"), day)]);
}

#[test]
fn rows_are_counted_and_can_be_removed() {
    let mut season = year();
    let none = page(filling(view(season.clone()), "inkomen"));
    assert!(none.contains("Voeg toe") && none.contains("Niets op te geven"), "{none}");
    let row = AnswerKey { row: Some(RowId::from_bytes([4; 16])), ..place("werkgevers") };
    answer(&mut season, row, AnswerValue::Row(true), THOMAS, 1);
    let one = page(filling(view(season), "inkomen"));
    assert!(one.contains("Verwijder nummer 1") && one.contains("Naam van de werkgever"), "{one}");
    assert!(one.contains("Voeg er nog een toe") && !one.contains("Niets op te geven"));
}

#[test]
fn somebody_who_only_reads_cannot_fill_in() {
    let mut season = year();
    season.people.get_mut(&person(MARIEKE)).unwrap().role = Role::Reader;
    let shown = page(filling(view(season), "wonen"));
    assert!(shown.contains("U kunt dit dossier bekijken, maar niet invullen."), "{shown}");
    assert!(shown.contains("disabled"));
}

fn review(view: View) -> String {
    html(
        |view: View| {
            rsx! {
                ReviewPage { view, task: task(2), checklist: checklist(), on_hand_in: |()| {} }
            }
        },
        view,
    )
}

#[test]
fn what_is_open_is_listed_says_what_it_costs_and_is_never_the_filled_button() {
    for shown in [review(view(differing())), review(offline(view(differing()), &[]))] {
        assert!(shown.contains("Wat u openlaat, vraagt Sanne u later nog."), "{shown}");
        assert!(shown.contains("1 vraag heeft twee antwoorden"));
        let (filled, others) = shown.split_once("btn--primary").map(|(before, after)| (after, before)).unwrap();
        assert!(others.contains("Stuur toch, met ") && !filled.contains("Stuur "), "{shown}");
        assert!(filled.contains("Ga verder met invullen"), "{shown}");
    }
}

#[test]
fn a_hand_in_is_called_received_only_when_it_is() {
    let mut season = year();
    let id = HandInId::from_bytes([2; 16]);
    season.hand_ins.insert(checklist(), HandIn { checklist: checklist(), by: person(MARIEKE), at: NOW });
    season.hand_in_ids.insert(checklist(), id);
    let unsent = [(Section::HandIns, id.to_string())];
    let waiting = review(offline(view(season.clone()), &unsent));
    assert!(waiting.contains("Wacht op verbinding"), "{waiting}");
    assert!(
        waiting.contains(r#"<strong class="muted">Ontvangen door Wilgenhof Belastingadvies</strong>"#),
        "{waiting}"
    );
    let received = review(view(season));
    assert!(received.contains("U heeft deze checklist verstuurd") && !received.contains("Wacht op verbinding"));
    assert!(!received.contains("Stuur naar Sanne"));
}

#[test]
fn every_question_can_be_asked_about_and_shows_what_was_written() {
    let mut season = year();
    let (place, id) = (place("woz"), MessageId::from_bytes([50; 16]));
    let from = Sender::Person(person(MARIEKE));
    let body = "Welke waarde bedoelt u?".to_owned();
    let message =
        GivenMessage { id, from, at: NOW, body, about: None, answer: Some(place), attachments: vec![], files: vec![] };
    season.messages.push(message);
    let page = page(filling(view(season.clone()), "wonen"));
    assert!(page.contains("aria-label=\"Stel een vraag over: Bent u in 2025 verhuisd?\""), "{page}");
    assert!(page.contains("aria-label=\"Berichten over: Wat is de WOZ-waarde?\"") && page.contains(" 1 bericht"));
    season.people.get_mut(&person(MARIEKE)).unwrap().role = Role::Reader;
    let reader = self::page(filling(view(season), "wonen"));
    assert!(!reader.contains("Stel een vraag over"), "who only reads asks nothing");
    assert!(reader.contains("Berichten over: Wat is de WOZ-waarde?"));
}
