//! Checklists: a template with questions, and the selection of those that are asked given
//! the answers so far. Knows nothing about taxes: all content is data.

mod answers;
mod asked;
mod check;
mod condition;
mod edit;
mod key;
mod template;
mod value;

pub use answers::{Answers, QuestionState};
pub use asked::{AskedQuestion, Progress};
pub use check::{MOST_BYTES, MOST_QUESTIONS, TemplateError, TemplateMistake};
pub use condition::Condition;
pub use edit::{NewQuestionPlace, Shift};
pub use key::{AnswerKey, NotAnAnswerKey};
pub use template::{Choice, Per, Question, QuestionKind, Section, Template};
pub use value::AnswerValue;
