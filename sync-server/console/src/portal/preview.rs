//! Previews of what a firm's clients see: pages with made-up data, for a frame on
//! the page where the firm sets that up. Nothing of them is stored.

mod text;
mod view;

use super::firm_of;
use crate::{
    mail_text::{PREVIEW_POLICY, source_now, view as mail_view},
    part::{page::season, time_format::TimeFormat},
};
use accounts::{
    InConsole,
    error::{Refusal, ServerError},
};
use axum::{
    extract::{Path, Query, State},
    http::{HeaderName, header},
    response::{Html, IntoResponse, Response},
};
use mail::{Composer, MailProperties, Unwritten};
use model::{accent::Accent, mail::MailKind};
use std::{collections::BTreeMap, sync::Arc};
use storage::{clock::Clock, db::Db};
use view::PreviewData;

/// The policy of a preview: our own styles and pictures, and a logo that was chosen and not sent yet; no
/// script, no form, and no frame but on our own pages.
const POLICY: [(HeaderName, &str); 1] = [(
    header::CONTENT_SECURITY_POLICY,
    "default-src 'none'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; form-action 'none'; base-uri 'none'; \
     frame-ancestors 'self'; sandbox allow-same-origin",
)];

/// Handles `GET /kantoor/portaal/voorbeeld/{screen}`. For the preview of a mail, `accent` and `name`
/// are values that are not saved yet.
pub async fn show(
    State(db): State<Db>,
    State(clock): State<Clock>,
    State(composer): State<Arc<Composer>>,
    InConsole(advisor): InConsole,
    Path(screen): Path<String>,
    Query(tried): Query<BTreeMap<String, String>>,
) -> Result<Response, ServerError> {
    let (mut firm, portal) = firm_of(&db, &advisor)?;
    let now = clock.now();
    if screen == "mail" {
        if let Some(accent) = tried.get("accent").and_then(|accent| Accent::parse(accent)) {
            firm.accent = accent.text();
        }
        for (name, place) in
            [("name", &mut firm.name), ("phone", &mut firm.phone), ("sender_name", &mut firm.sender_name)]
        {
            if let Some(text) = tried.get(name).map(|text| text.trim()).filter(|text| !text.is_empty()) {
                text.clone_into(place);
            }
        }
        let kind = MailProperties::of(MailKind::Invitation);
        let mail = (kind, advisor.language);
        let sample = db.read(|q| {
            let source = source_now(q, advisor.firm, mail)?;
            composer.sample(q, &advisor, mail, &source, (&firm, None), now)
        })?;
        let page = match sample {
            Ok(mail) => mail_view::preview(advisor.language, mail_view::Preview { mail: &mail, remark: None }),
            Err(_) => return Err(ServerError::inner(Unwritten::Template)),
        };
        return Ok((PREVIEW_POLICY, Html(page)).into_response());
    }
    let shown = PreviewData {
        language: advisor.language,
        firm: &firm,
        portal: &portal,
        advisor: &advisor.given_name,
        year: season(TimeFormat { now, language: advisor.language }),
    };
    let page = match screen.as_str() {
        "overzicht" => view::overview(&shown),
        "welkom" => view::welcome(&shown),
        _ => return Err(Refusal::NotFound.into()),
    };
    Ok((POLICY, Html(page)).into_response())
}
