//! The contents of the editor of a checklist.

use crate::part::form::Form;
use model::checklist::Template;
use storage::db::TemplateVersion;

/// The start of the ids of the form's fields.
pub const FORM: &str = "deel";

/// A checklist as an advisor edits it.
pub struct Working {
    pub template: Template,
    /// The draft, with who made it and when; `None` if there is nothing unpublished.
    pub draft: Option<TemplateVersion>,
    /// A hash by which a change that somebody else saved in the meantime is noticed.
    pub mark: String,
    pub versions: Vec<TemplateVersion>,
}

/// The contents of the page.
pub struct TemplatePage<'p> {
    pub working: &'p Working,
    /// The id of the part that is open; empty for the checklist itself.
    pub part: &'p str,
    /// The place where a new question is to be added; empty if there is none.
    pub new: &'p str,
    pub form: &'p Form,
    /// The name of the action that was just done, if there was one.
    pub done: Option<&'p str>,
}
