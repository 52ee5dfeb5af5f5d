//! The messages of both sides: one thread for each thing that they are about.

use crate::{
    contact::text::Contact as Text,
    dossier::text::Dossier,
    part::{
        address,
        field::Field,
        form::Form,
        reading, recalled,
        year::{text::Year, view::YearView},
    },
};
use dioxus::prelude::*;
use documents::dossier::{GivenMessage, Sender, Subject};
use model::record::RecallTarget;
use ui::part::{Avatar, Icon, Status, Tone};

/// Renders all threads, the one with the newest message first.
pub fn show(year_view: &YearView<'_>, base: &str, may_change: bool, form: &Form) -> Element {
    let t = Text(year_view.time_format.language);
    let threads = year_view.year.threads();
    let unread = year_view.year.unread_by_firm();
    rsx! {
        section { class: "section", id: "berichten", aria_labelledby: "berichten-titel",
            div { class: "section__head",
                h2 { id: "berichten-titel", {t.messages()} }
                if unread > 0 {
                    Status { tone: Tone::Info, icon: "message-circle", {Year(t.0).unread(unread)} }
                }
                if unread > 0 && may_change {
                    form { method: "post", action: "{base}/berichten/gelezen",
                        button { class: "btn btn--s", r#type: "submit", {t.mark_read()} }
                    }
                }
            }
            if threads.is_empty() {
                p { class: "muted", {t.none()} }
            }
            for (subject , messages) in &threads {
                {thread(year_view, base, may_change, form, subject, messages)}
            }
            if may_change && !threads.iter().any(|(subject, _)| *subject == Subject::default()) {
                article { class: "card card--pad stack-s",
                    h3 { {t.new_message()} }
                    {reply_form(t, base, form, &Subject::default())}
                }
            }
        }
    }
}

fn thread(
    year_view: &YearView<'_>,
    base: &str,
    may_change: bool,
    form: &Form,
    subject: &Subject,
    messages: &[&GivenMessage],
) -> Element {
    let t = Text(year_view.time_format.language);
    let title =
        year_view.year.subject_title(subject, year_view.time_format.language).unwrap_or_else(|| t.general().to_owned());
    rsx! {
        article { class: "card card--pad stack-s",
            h3 { "{title}" }
            ul { class: "lines",
                for message in messages {
                    {line(year_view, message)}
                }
            }
            if may_change {
                {reply_form(t, base, form, subject)}
            }
        }
    }
}

fn line(year_view: &YearView<'_>, message: &GivenMessage) -> Element {
    let t = Text(year_view.time_format.language);
    let name = match &message.from {
        Sender::Person(person) => year_view.year.people.get(person).map_or("?", |p| &p.name),
        Sender::Advisor(name) => name.as_str(),
    };
    let at = year_view.time_format.short(message.at);
    let from_firm = matches!(message.from, Sender::Advisor(_));
    let readers: Vec<_> = year_view
        .year
        .readings
        .iter()
        .filter(|(_, r)| from_firm && r.through >= message.at)
        .map(|(person, _)| year_view.year.given_name(*person))
        .collect();
    let given = message.attachments.iter().filter_map(|id| year_view.year.attachments.iter().find(|a| a.id == *id));
    let received = |a: &&documents::dossier::GivenAttachment| a.receipt.is_some() && a.withdrawal.is_none();
    let files: Vec<_> = given
        .map(|a| (&a.attachment.name, a.attachment.hash, received(&a), reading::of(&a.attachment.media_type)))
        .collect();
    let delivered: Vec<_> = message.files.iter().map(|f| (&f.name, f.hash, true, reading::of_name(&f.name))).collect();
    rsx! {
        li {
            Avatar { name }
            " "
            div { class: "grow",
                p { class: "message", "{message.body}" }
                for (name , hash , here , reads) in files.into_iter().chain(delivered) {
                    p { class: "small",
                        Icon { name: "paperclip" }
                        " "
                        if here {
                            a { href: address::shown_file(year_view.client, &hash), target: "_blank", rel: "noopener", "data-reads": reads, "{name}" }
                        } else {
                            "{name} "
                            span { class: "muted", {Dossier(t.0).on_the_way()} }
                        }
                    }
                }
                p { class: "tiny muted",
                    "{name}, {at}"
                    if !readers.is_empty() {
                        ". "
                        {t.read_by_client(&readers.join(", "))}
                    }
                }
                if from_firm {
                    {recalled::mark(year_view.time_format, year_view.year, &year_view.base, year_view.may_change, RecallTarget::Message(message.id), &at)}
                }
            }
        }
    }
}

/// Renders the reply form of a thread. What was typed is shown again only in the thread it was typed in.
fn reply_form(t: Text, base: &str, form: &Form, subject: &Subject) -> Element {
    let about = subject.about.map(|id| id.to_string()).unwrap_or_default();
    let answer = subject.answer.as_ref().map(|key| key.to_string()).unwrap_or_default();
    let mine = form.value("about") == about && form.value("answer") == answer;
    let blank = Form::default();
    let form = if mine { form } else { &blank };
    let label = if *subject == Subject::default() { t.message() } else { t.reply() };
    let place = format!("{about}{answer}");
    rsx! {
        form { class: "stack-s", method: "post", action: "{base}/bericht", enctype: "multipart/form-data",
            input { r#type: "hidden", name: "about", value: "{about}" }
            input { r#type: "hidden", name: "answer", value: "{answer}" }
            {Field::text("bericht", "body", label).of(&place).show_lines(form, 3)}
            {Field::text("bericht", "file", t.file()).hint(t.file_hint()).of(&place).show_file(form, "application/pdf,image/jpeg,image/png")}
            div { class: "cluster",
                button { class: "btn", r#type: "submit",
                    Icon { name: "send" }
                    " "
                    {t.send()}
                }
            }
        }
    }
}
