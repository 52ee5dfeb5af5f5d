//! The page of a pack for people to read.

use super::{material::Material, text::Page};
use data_encoding::HEXLOWER;
use model::{approval::challenge, language::Language, record::Level};
use paper::{Report, ReportPart, report};
use proof::{
    evidence::text::{Facts, finding, list, moment, what},
    seal::Seal,
};

/// Writes the page as a PDF. Times are in UTC, to the second.
pub fn page(m: &Material, seal: &Seal, language: Language) -> Vec<u8> {
    let (t, page) = (Facts(language), Page(language));
    let bytes = challenge(m.person.id, &m.approval.signed);
    let fact = |name: &str, value: String| ReportPart::Fact(name.to_owned(), value);
    let code = |name: &str, value: String| ReportPart::Code(name.to_owned(), value);
    let (level, countersigned) = (m.approval.signature.level(), m.countersigned.as_ref());
    let mut parts = vec![
        fact(t.person(), m.person.name.clone()),
        fact(t.what(), what(&m.returns, m.revision.number, language)),
        fact(t.capacity(), m.request.capacity.name(language).to_owned()),
        fact(t.file(), format!("{} ({} bytes)", m.revision.file.name, m.revision.file.size)),
        fact(t.level(), t.with(level).to_owned()),
        fact(t.signed_at(), moment(m.approval.at)),
        fact(t.received_at(), moment(m.verdict.at)),
        fact(t.found(), finding(m.verdict.finding, language).to_owned()),
    ];
    parts.extend(list(&m.approval, language).map(|value| fact(t.list(), value)));
    if level == Level::DeviceKey {
        let at = countersigned.map_or_else(|| t.not_confirmed().to_owned(), |c| moment(c.at));
        parts.push(fact(t.confirmed_at(), at));
    }
    let passages =
        |lines: Vec<&str>| lines.into_iter().map(|line| ReportPart::Passage(line.to_owned())).collect::<Vec<_>>();
    parts.push(ReportPart::Heading(t.statement().to_owned()));
    parts.push(ReportPart::Passage(m.request.statement.clone()));
    parts.push(ReportPart::Heading(t.proves().to_owned()));
    parts.extend(passages(t.proofs(level, countersigned.is_some())));
    parts.push(ReportPart::Heading(t.proves_not().to_owned()));
    parts.extend(passages(t.limits(level, countersigned.is_some())));
    parts.push(ReportPart::Heading(page.technical().to_owned()));
    parts.push(code("BLAKE3 return.pdf", m.revision.file.hash.to_string()));
    parts.push(code(page.challenge(), HEXLOWER.encode(&bytes)));
    for (at, one) in m.approval.signed.iter().enumerate() {
        let what = format!("{} · PDF {} · {}", one.revision, one.content, one.statement);
        parts.push(code(&page.signed(at + 1, m.approval.signed.len()), what));
    }
    for (link, ..) in &m.records {
        let place = format!("{} / {} · {}", link.document, link.seq, link.change);
        parts.push(code(&page.record(link.kind.name()), place));
    }
    parts.push(code(page.seal(), seal.public()));
    parts.push(ReportPart::Passage(page.check().to_owned()));
    report(&Report {
        language,
        firm: m.firm.clone(),
        title: page.title().to_owned(),
        subtitle: page.subtitle().to_owned(),
        foot: page.foot(&m.client_number),
        parts,
    })
}
