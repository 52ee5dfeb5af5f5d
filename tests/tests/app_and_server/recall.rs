//! Tests of what the firm took back, on a device that was away: its bytes leave the device's store, and it says so.

use crate::household::{Device, Server, TAX_YEAR, on_one_thread};
use app::client::Connection;
use dossiers::{
    NewDelivery, NewMessage,
    firm_file::{self, Accept},
};
use model::{hash::ContentHash, record::*};

#[tokio::test]
async fn what_was_taken_back_leaves_a_device_that_was_away_and_nothing_else_does() {
    on_one_thread(async {
        let mut server = Server::new();
        let marieke = Device::of(&server, 0).await;
        let (client, key) = (marieke.client.clone(), server.key());
        let store = async |text: &str| {
            let (dossiers, home) = (&server.app().state.dossiers, &server.home);
            let received = dossiers.files().receive(&testkit::console_page::pdf(text)).unwrap();
            let kept = firm_file::keep(dossiers, home.advisor.id, home.client.id, received, Accept::Pdf).await.unwrap();
            DeliveredFile { name: "brief.pdf".into(), size: kept.size, hash: kept.hash, pages: kept.pages }
        };
        let (wrong, right) = (store("verkeerd").await, store("goed").await);
        let deliver = |file: &DeliveredFile| {
            let new = NewDelivery { kind: DeliveryKind::Letter, title: "Brief".into(), file: file.clone() };
            let (dossiers, home) = (&server.app().state.dossiers, &server.home);
            dossiers.deliver(&home.advisor, home.client.id, TAX_YEAR, new).unwrap()
        };
        let (first, _) = (deliver(&wrong), deliver(&right));
        let message = {
            let (dossiers, home) = (&server.app().state.dossiers, &server.home);
            let new = NewMessage { body: "Beste Jan".into(), ..NewMessage::default() };
            dossiers.write(&home.advisor, home.client.id, TAX_YEAR, new).unwrap()
        };
        marieke.until("the letters are here", |c| c.year(key).deliveries.len() == 2).await;
        marieke.until("the message is here", |c| c.year(key).messages.len() == 1).await;
        for file in [&wrong, &right] {
            assert_eq!(ContentHash::of(&client.file(key.client, file.hash).await.unwrap()), file.hash);
            assert!(client.is_stored(&file.hash).await);
        }
        server.kill().await;
        marieke.until("offline", |c| c.connection() == Connection::Offline).await;
        for target in [RecallTarget::Delivery(first), RecallTarget::Message(message)] {
            let (dossiers, home) = (&server.app().state.dossiers, &server.home);
            dossiers.recall(&home.advisor, home.client.id, TAX_YEAR, target, "Van een andere klant").unwrap();
        }
        assert!(client.file(key.client, wrong.hash).await.is_ok(), "it does not know of it yet");

        server.start().await;
        marieke.until("it says so", |c| c.year(key).recalled.len() == 2).await;
        marieke.until_sent().await;
        assert!(!client.is_stored(&wrong.hash).await && client.is_stored(&right.hash).await);
        assert!(client.file(key.client, wrong.hash).await.is_err(), "and does not fetch it again");
        let year = client.year(key);
        assert_eq!(year.deliveries.iter().map(|(_, d)| d.file.hash).collect::<Vec<_>>(), [right.hash]);
        assert_eq!(year.messages[0].body, "");
        assert_eq!(year.recalled[0].recall.reason, "Van een andere klant");
        // Another start finds nothing of it either.
        let again = marieke.another_start().await;
        assert!(!again.is_stored(&wrong.hash).await && again.is_stored(&right.hash).await);
        assert_eq!(again.year(key).recalled.len(), 2);
    })
    .await;
}
