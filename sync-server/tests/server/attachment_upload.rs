//! Tests of uploads that are interrupted, continue, and arrive.

use axum::{
    body::{Body, Bytes},
    http::{Method, Request},
};
use model::{attachment::MAX_BYTES, hash::ContentHash};
use testkit::{harness::ORIGIN, upload::*};
use tokio::io::AsyncWriteExt;

#[tokio::test]
async fn a_photograph_that_was_cut_goes_on_where_it_was_and_is_received() {
    let mut w = world().await;
    let id = attachment();
    let begun = w.begin(id, photo()).await;
    assert_eq!((begun.status.as_u16(), begun.header("upload-offset")), (201, "0"));
    assert!(begun.header("upload-expires").ends_with("GMT"), "{}", begun.header("upload-expires"));
    let location = begun.header("location").to_owned();
    let cut = patch(&mut w.marieke, &location, 0, cut_after(&photo()[..50_000])).await;
    assert_eq!((cut.status.as_u16(), cut.header("upload-offset")), (204, "50000"));
    assert_eq!(offset(&mut w.marieke, &location).await, "50000");
    // An app that lost its state starts once more, and gets the same upload.
    let again = w.begin(id, photo()).await;
    assert_eq!((again.header("location"), again.header("upload-offset")), (location.as_str(), "50000"));
    assert!(w.file(photo()).is_none() && !w.has_receipt(id));

    let rest = patch(&mut w.marieke, &location, 50_000, photo()[50_000..].to_vec()).await;
    assert_eq!((rest.status.as_u16(), rest.header("upload-offset")), (204, photo().len().to_string().as_str()));
    let file = w.file(photo()).unwrap();
    assert_eq!((file.size, file.media_type.as_str()), (photo().len() as u64, "image/jpeg"));
    assert!(w.has_receipt(id));
    assert_eq!((w.app.mails_of("document_received").len(), w.parts()), (1, 0));
    assert_eq!(offset(&mut w.marieke, &location).await, photo().len().to_string());

    let given = w.marieke.get(&w.address(photo())).await;
    assert!(given.body == photo());
    assert_eq!(given.header("content-type"), "image/jpeg");
}

#[tokio::test]
async fn a_process_that_ends_in_the_middle_loses_nothing() {
    let mut w = world().await;
    let id = attachment();
    let location = w.begin(id, photo()).await.header("location").to_owned();
    patch(&mut w.marieke, &location, 0, photo()[..70_001].to_vec()).await;
    let mut w = w.restarted();
    assert_eq!(offset(&mut w.marieke, &location).await, "70001");
    let rest = patch(&mut w.marieke, &location, 70_001, photo()[70_001..].to_vec()).await;
    assert_eq!(rest.status, 204);
    assert!(w.has_receipt(id) && w.file(photo()).is_some());
}

#[tokio::test]
async fn a_process_that_ends_before_the_receipt_writes_it_when_asked() {
    // Either all bytes are there and nothing was checked yet, or the file is already in place.
    for placed in [false, true] {
        let mut w = world().await;
        let id = attachment();
        let location = w.begin(id, photo()).await.header("location").to_owned();
        let upload = location.rsplit('/').next().unwrap();
        let part = w.app.state.config.data.join("parts").join(upload);
        std::fs::write(&part, photo()).unwrap();
        if placed {
            let place = w.app.state.files.path(w.home.client.id, ContentHash::of(photo()));
            std::fs::create_dir_all(place.parent().unwrap()).unwrap();
            std::fs::rename(&part, place).unwrap();
        }
        let mut w = w.restarted();
        assert_eq!(offset(&mut w.marieke, &location).await, photo().len().to_string());
        assert!(w.has_receipt(id) && w.file(photo()).is_some(), "placed: {placed}");
        assert_eq!((w.app.mails_of("document_received").len(), w.parts()), (1, 0));
    }
}

#[tokio::test]
async fn bytes_for_another_place_are_refused_and_nothing_changes() {
    let mut w = world().await;
    let location = w.begin(attachment(), photo()).await.header("location").to_owned();
    patch(&mut w.marieke, &location, 0, photo()[..100].to_vec()).await;
    for wrong in [0, 99, 101, 5000] {
        let answer = patch(&mut w.marieke, &location, wrong, vec![1; 10]).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (409, "offset_differs"));
    }
    assert_eq!(offset(&mut w.marieke, &location).await, "100");
    let type_missing = Request::patch(&location).header("upload-offset", 100).body(Body::from("x")).unwrap();
    assert_eq!(w.marieke.send(type_missing).await.status, 415);
    let other = Request::patch(&location).header("tus-resumable", "0.2.2").body(Body::empty()).unwrap();
    assert_eq!(w.marieke.send(other).await.status, 412);
}

#[tokio::test]
async fn an_upload_can_be_taken_back_and_expires_after_a_week() {
    let mut w = world().await;
    let location = w.begin(attachment(), photo()).await.header("location").to_owned();
    patch(&mut w.marieke, &location, 0, photo()[..10].to_vec()).await;
    assert_eq!(w.marieke.send_empty(Method::DELETE, &location).await.status, 204);
    assert_eq!((w.marieke.send_empty(Method::HEAD, &location).await.status.as_u16(), w.parts()), (404, 0));

    let id = attachment();
    let location = w.begin(id, photo()).await.header("location").to_owned();
    patch(&mut w.marieke, &location, 0, photo()[..10].to_vec()).await;
    w.app.pass_seconds(6 * 24 * 3600);
    let mut w = w.restarted();
    assert_eq!(offset(&mut w.marieke, &location).await, "10");
    w.app.pass_seconds(2 * 24 * 3600);
    assert_eq!(w.marieke.send_empty(Method::HEAD, &location).await.status, 404);
    let mut w = w.restarted();
    assert_eq!(w.parts(), 0);
    let again = w.begin(id, photo()).await;
    assert_eq!((again.header("upload-offset"), again.header("location") != location), ("0", true));
}

#[tokio::test]
async fn a_newer_request_takes_over_from_one_that_hangs() {
    let mut w = world().await;
    let location = w.begin(attachment(), photo()).await.header("location").to_owned();
    // Its connection is dead and nobody noticed: it sends a little and then nothing.
    let first = futures_util::stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(&[0xff; 0]))]);
    let bytes = Bytes::copy_from_slice(&photo()[..4000]);
    let some = futures_util::stream::iter([Ok::<_, std::io::Error>(bytes)]);
    let hanging = Body::from_stream(futures_util::StreamExt::chain(
        futures_util::StreamExt::chain(first, some),
        futures_util::stream::pending(),
    ));
    let mut dead = w.app.browser();
    dead.cookies = w.marieke.cookies.clone();
    let at = location.clone();
    let hangs = tokio::spawn(async move { patch(&mut dead, &at, 0, hanging).await });
    let upload = location.rsplit('/').next().unwrap();
    let part = w.app.state.config.data.join("parts").join(upload);
    while !part.is_file() {
        tokio::task::yield_now().await;
    }
    let mut at = offset(&mut w.marieke, &location).await.parse::<usize>().unwrap();
    while at < photo().len() {
        let answer = patch(&mut w.marieke, &location, at, photo()[at..].to_vec()).await;
        assert_eq!(answer.status, 204, "{}", answer.text());
        at = answer.header("upload-offset").parse().unwrap();
    }
    assert_eq!(hangs.await.unwrap().status, 204);
    assert!(w.file(photo()).is_some());
}

#[tokio::test]
async fn a_file_that_the_client_has_already_is_received_at_once_and_only_there() {
    let mut w = world().await;
    let (first, second) = (attachment(), attachment());
    let location = w.begin(first, photo()).await.header("location").to_owned();
    patch(&mut w.marieke, &location, 0, photo().to_vec()).await;
    let again = w.begin(second, photo()).await;
    assert_eq!((again.status.as_u16(), again.header("upload-offset")), (201, photo().len().to_string().as_str()));
    assert!(w.has_receipt(second));
    assert_eq!(w.app.mails_of("document_received").len(), 2);
    // Starting a finished upload once more says that it is finished, and nothing happens twice.
    let finished = w.begin(first, photo()).await;
    assert_eq!(
        (finished.header("location"), finished.header("upload-offset")),
        (location.as_str(), photo().len().to_string().as_str())
    );
    assert_eq!(w.app.mails_of("document_received").len(), 2);

    let other = w.app.household("Elzenhof");
    w.app.state.dossiers.open_year(&other.advisor, other.client.id, YEAR).unwrap();
    let mut stranger = w.app.person_browser(&other.people[0]).await;
    let theirs = attachment();
    tell(&w.app, &mut stranger, &other.people[0], theirs, photo().len(), ContentHash::of(photo())).await.unwrap();
    assert_eq!(begin(&mut stranger, other.client.id, theirs, photo()).await.header("upload-offset"), "0");
}

#[tokio::test]
async fn what_is_announced_wrongly_is_malformed() {
    let mut w = world().await;
    let good = metadata(attachment(), ContentHash::of(b"x"));
    let without_hash = good.split(", ").filter(|pair| !pair.starts_with("hash")).collect::<Vec<_>>().join(", ");
    for (length, metadata) in
        [("", good.as_str()), ("-1", &good), ("ten", &good), ("10", ""), ("10", "hash !!"), ("10", &without_hash)]
    {
        let request = Request::post(uploads(w.home.client.id))
            .header("upload-length", length)
            .header("upload-metadata", metadata);
        let answer = w.marieke.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (400, "malformed"), "{length} {metadata}");
    }
    let can = w.marieke.send_empty(Method::OPTIONS, &uploads(w.home.client.id)).await;
    assert_eq!(can.header("tus-extension"), "creation,termination,expiration");
    assert_eq!(can.header("tus-max-size"), MAX_BYTES.to_string());
}

#[tokio::test]
async fn a_connection_that_dies_loses_nothing_that_it_brought() {
    let mut w = world().await;
    let begun = w.begin(attachment(), photo()).await;
    let location = begun.header("location").to_owned();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(axum::serve(listener, w.app.router.clone()).into_future());
    let cookies: Vec<_> = w.marieke.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let head = format!(
        "PATCH {location} HTTP/1.1\r\nhost: localhost\r\norigin: {ORIGIN}\r\ncookie: {}\r\ncontent-type: {MIME}\r\n\
         upload-offset: 0\r\ncontent-length: {}\r\n\r\n",
        cookies.join("; "),
        photo().len()
    );
    let sent = 100_001;
    let mut connection = tokio::net::TcpStream::connect(address).await.unwrap();
    connection.write_all(head.as_bytes()).await.unwrap();
    connection.write_all(&photo()[..sent]).await.unwrap();
    connection.shutdown().await.unwrap();
    drop(connection);
    // The last bytes may still be on their way to the server.
    let all_there = async {
        let upload = location.rsplit('/').next().unwrap();
        let part = w.app.state.config.data.join("parts").join(upload);
        while std::fs::metadata(&part).map_or(0, |m| m.len()) < sent as u64 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), all_there).await.unwrap();
    assert_eq!(offset(&mut w.marieke, &location).await, sent.to_string());
    let rest = patch(&mut w.marieke, &location, sent, photo()[sent..].to_vec()).await;
    assert_eq!(rest.status, 204);
    assert!(w.file(photo()).is_some());
    serving.abort();
}

#[tokio::test]
async fn one_person_has_a_hundred_uploads_under_way_at_most() {
    let mut w = world().await;
    for _ in 0..100 {
        assert_eq!(w.begin(attachment(), photo()).await.status, 201);
    }
    let answer = w.begin(attachment(), photo()).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (429, "too_many_requests"));
}

/// The place of the upload's bytes is a device that is always full.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_gets_a_sentence_and_the_upload_stays() {
    let mut w = world().await;
    let begun = w.begin(attachment(), photo()).await;
    let location = begun.header("location").to_owned();
    let part = w.app.state.config.data.join("parts").join(location.rsplit('/').next().unwrap());
    std::os::unix::fs::symlink("/dev/full", &part).unwrap();
    let answer = patch(&mut w.marieke, &location, 0, photo().to_vec()).await;
    assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (507, "disk_full"));
    std::fs::remove_file(part).unwrap();
    assert_eq!(offset(&mut w.marieke, &location).await, "0");
    assert_eq!(patch(&mut w.marieke, &location, 0, photo().to_vec()).await.status, 204);
}
