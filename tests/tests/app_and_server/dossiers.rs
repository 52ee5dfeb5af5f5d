//! Tests of one login that belongs to clients of two firms: one dossier at a time, and
//! nothing of one in the other.

use crate::household::{Device, Server, TAX_YEAR, on_one_thread};
use app::client::NewProposal;
use documents::dossier::Subject;
use model::{language::Language, record::*};
use storage::db::DbError;

#[tokio::test]
async fn a_login_of_two_firms_looks_at_one_dossier_at_a_time_and_keeps_its_choice() {
    on_one_thread(async {
        let server = Server::new();
        let (app, other) = (server.app(), server.app().household("Zuid"));
        let mut marieke = Device::of(&server, 0).await;
        let account = app.state.db.read(|q| q.person(server.home.people[0].id)).unwrap().unwrap().account.unwrap();
        let person = other.people[0].id;
        app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_person_account(person, account)).unwrap();
        app.state.dossiers.open_year(&other.advisor, other.client.id, TAX_YEAR).unwrap();
        // A login tells the app which clients it belongs to.
        marieke.log_in().await;
        let again = marieke.client.clone();
        marieke.until("both are here", |c| c.memberships().len() == 2 && c.years().len() == 2).await;
        assert_eq!(again.membership().map(|m| m.client), Some(server.home.client.id));

        again.set_draft("brief", "half af");
        again.choose(other.client.id);
        assert_eq!(again.membership().map(|m| m.person), Some(person));
        let year = again.newest_year(other.client.id).unwrap();
        again.write_about(year, "Dag Zuid".into(), Subject::default(), Vec::new());
        let changes = vec![DetailChange { field: DetailField::Phone, old: String::new(), new: "06 1234 5678".into() }];
        let circumstance = Circumstance::Details;
        again.propose(year, NewProposal { person, circumstance, effective: None, changes, remark: String::new() });
        again.set_preferences(Language::En, false, true);
        marieke.until_sent().await;
        let zuid = app.state.dossiers.read(other.client.id, TAX_YEAR).unwrap();
        assert_eq!((zuid.messages.len(), zuid.open_proposals().count()), (1, 1));
        assert!(server.year().messages.is_empty() && server.year().proposals.is_empty());
        for person in [person, server.home.people[0].id] {
            let wanted = app.state.db.read(|q| q.preferences_of(person)).unwrap().unwrap();
            assert_eq!((wanted.language, wanted.reminders, wanted.messages), (Language::En, false, true));
        }
        let next = marieke.another_start().await;
        assert_eq!(next.membership().map(|m| m.client), Some(other.client.id), "the choice is kept");
        assert_eq!(next.draft("brief"), "half af");
    })
    .await;
}
