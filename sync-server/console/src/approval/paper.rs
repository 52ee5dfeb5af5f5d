//! A PDF that is to be set out, what it seems to be, and how those that wait are written in an address.

use dossiers::proposal::Proposal;
use model::{hash::ContentHash, money::Cents, record::Figure, tax_number::NumberKind, text::Shape};
use url::form_urlencoded;

/// The most PDFs that wait for their turn.
pub const MOST: usize = 30;

/// A PDF of the client that is to be set out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub hash: ContentHash,
    pub name: String,
}

/// Writes PDFs as the query of an address.
pub fn query(papers: &[Paper]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for paper in papers {
        query.append_pair("stuk", &paper.hash.to_string()).append_pair("naam", &paper.name);
    }
    query.finish()
}

/// Reads the query of an address. What is none is left out.
pub fn papers(pairs: impl Iterator<Item = (String, String)>) -> Vec<Paper> {
    let mut papers: Vec<Paper> = Vec::new();
    for (name, value) in pairs {
        match name.as_str() {
            "stuk" => papers.extend(value.parse().ok().map(|hash| Paper { hash, name: String::new() })),
            "naam" => {
                if let Some(last) = papers.last_mut() {
                    last.name = Shape::Line.clean(&value).chars().take(120).collect();
                }
            }
            _ => {}
        }
    }
    papers.truncate(MOST);
    papers
}

/// What is shown beside the form of a PDF.
#[derive(Debug, Clone)]
pub struct Proposed {
    pub paper: Paper,
    /// Those that come after it.
    pub rest: Vec<Paper>,
    pub proposal: Proposal,
    /// The other clients whose number is in it: the kind, the masked number, and the client.
    pub foreign: Vec<(NumberKind, String, String)>,
    /// What was set out of the same return before.
    pub before: Option<Before>,
}

/// The version before of the same return, or the return of the period before.
#[derive(Debug, Clone)]
pub struct Before {
    pub title: String,
    /// True if it is of the same return, so that the form asks whether this is a further one.
    pub is_same: bool,
    pub results: Vec<Cents>,
    pub figures: Vec<Figure>,
}
