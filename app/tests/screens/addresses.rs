//! Tests that links lead to the screens that they name.

use app::{address::Address, route::Route};
use documents::dossier::Subject;
use model::{
    checklist::AnswerKey,
    id::{ChecklistId, TaskId},
    record::ItemKey,
    time::TaxYear,
};

fn shown(address: &Address) -> Route {
    address.to_string().parse().unwrap_or(Route::NotFound { path: Vec::new() })
}

#[test]
fn every_address_leads_to_the_screen_that_it_names() {
    let task = TaskId::from_random([1; 16]);
    let answer =
        AnswerKey { checklist: ChecklistId::from_random([2; 16]), question: "home".into(), person: None, row: None };
    let (of_task, of_answer) = (task.to_string(), answer.to_string());
    let nothing = String::new;
    let send = |taak: &str, vraag: &str, stuk: &str| Route::Send {
        taak: taak.to_owned(),
        vraag: vraag.to_owned(),
        stuk: stuk.to_owned(),
    };
    let cases = [
        (Address::overview(), Route::Overview {}),
        (Address::archive(), Route::Archive {}),
        (Address::details(), Route::Details {}),
        (Address::review(task), Route::Review { task }),
        (Address::questions(task, "jaar"), Route::Questions { task, section: "jaar".to_owned() }),
        (Address::documents(task), Route::Documents { task }),
        (Address::approve(task), Route::Approve { task }),
        (Address::proof(task), Route::Proof { task }),
        (Address::approve_together(TaxYear(2025)), Route::ApproveTogether { year: 2025 }),
        (Address::send(), send("", "", "")),
        (Address::send_item(ItemKey { task, item: 3 }), send(&of_task, "", "3")),
        (Address::send_answer(&answer), send("", &of_answer, "")),
        (Address::messages(), Route::Messages { taak: nothing(), vraag: nothing() }),
        (
            Address::ask(&Subject { about: Some(task), answer: Some(answer.clone()) }),
            Route::Messages { taak: of_task.clone(), vraag: of_answer.clone() },
        ),
    ];
    for (address, route) in cases {
        assert_eq!(shown(&address), route, "{address}");
    }
}
