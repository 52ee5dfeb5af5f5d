//! Each kind of mail, in both languages, as text and as HTML.

use super::assert_as_before;
use mail::{MailProperties, Source};
use model::language::Language;
use storage::db::DbError;
use testkit::harness::{START, TestApp};

#[test]
fn every_kind_of_mail_says_in_both_languages_what_it_said() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    for kind in MailProperties::all() {
        for language in [Language::Nl, Language::En] {
            let source = Source::standard(kind, language);
            let firm = (&home.firm, None);
            let sample = app
                .state
                .db
                .read::<_, DbError>(|q| {
                    app.state.composer.sample(q, &home.advisor, (kind, language), &source, firm, START)
                })
                .unwrap();
            let mail = sample.unwrap();
            let text = format!(
                "From: {} <{}>\nReply-To: {}\nTo: {}\nSubject: {}\n\n{}\n\n{}",
                mail.from_name,
                mail.from_address,
                mail.reply_to,
                mail.to_address,
                mail.subject,
                mail.body_text,
                // With a line for each tag a difference is easy to see.
                mail.body_html.replace("><", ">\n<")
            );
            assert_as_before("mail", &format!("{}.{}", kind.id.word(), language.tag()), &text);
        }
    }
}
