//! The two languages of the portal, and the macro that defines texts in both.
//! It contains no text itself: texts are defined where they are shown.

use serde::{Deserialize, Serialize};

/// The language of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Dutch.
    #[default]
    Nl,
    /// English.
    En,
}

impl Language {
    /// Returns the BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Nl => "nl",
            Language::En => "en",
        }
    }

    /// Returns the language of a BCP 47 tag; Dutch unless it is English.
    pub fn from_tag(tag: &str) -> Self {
        if tag.get(..2).is_some_and(|t| t.eq_ignore_ascii_case("en")) { Language::En } else { Language::Nl }
    }
}

/// A text in both languages. Data that a firm edits has its texts in this form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Dutch.
    #[serde(deserialize_with = "crate::text::lines")]
    pub nl: String,
    /// English.
    #[serde(deserialize_with = "crate::text::lines")]
    pub en: String,
}

impl Bilingual {
    /// Returns both texts as one.
    pub fn new(nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self { nl: nl.into(), en: en.into() }
    }

    /// Returns the text in `language`.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Nl => &self.nl,
            Language::En => &self.en,
        }
    }
}

/// Defines groups of texts. Each group is a `Copy` struct around the language
/// with one method per text; a text that lacks a language does not compile.
///
/// ```
/// model::texts! {
///     /// The first screen.
///     Overview {
///         title: "Overzicht", "Overview";
///         greeting(name: &str): "Dag {name}", "Hello {name}";
///         tasks(n: usize): "Er staat 1 ding klaar." | "Er staan {n} dingen klaar.",
///             "One thing is ready." | "{n} things are ready.";
///     }
/// }
/// use model::language::Language;
/// assert_eq!(Overview(Language::Nl).title(), "Overzicht");
/// assert_eq!(Overview(Language::En).greeting("Thomas"), "Hello Thomas");
/// assert_eq!(Overview(Language::Nl).tasks(1), "Er staat 1 ding klaar.");
/// assert_eq!(Overview(Language::En).tasks(3), "3 things are ready.");
/// ```
///
/// Without parameters a text is a `&'static str`, with parameters a `String`
/// in which `{name}` stands for one. `one | many` chooses by whether the
/// first parameter is 1.
#[macro_export]
macro_rules! texts {
    (@one $name:ident : $nl:literal, $en:literal) => {
        #[must_use]
        pub fn $name(self) -> &'static str {
            match self.0 {
                $crate::language::Language::Nl => $nl,
                $crate::language::Language::En => $en,
            }
        }
    };
    (@one $name:ident ($($arg:ident: $type:ty),+) : $nl:literal, $en:literal) => {
        #[must_use]
        pub fn $name(self, $($arg: $type),+) -> String {
            match self.0 {
                $crate::language::Language::Nl => format!($nl),
                $crate::language::Language::En => format!($en),
            }
        }
    };
    (@one $name:ident ($first:ident: $first_type:ty $(, $arg:ident: $type:ty)*) :
        $nl_one:literal | $nl_many:literal, $en_one:literal | $en_many:literal) => {
        #[must_use]
        pub fn $name(self, $first: $first_type $(, $arg: $type)*) -> String {
            match (self.0, $first == 1) {
                ($crate::language::Language::Nl, true) => format!($nl_one),
                ($crate::language::Language::Nl, false) => format!($nl_many),
                ($crate::language::Language::En, true) => format!($en_one),
                ($crate::language::Language::En, false) => format!($en_many),
            }
        }
    };
    ($($(#[$doc:meta])* $group:ident {
        $($name:ident $(($($arg:ident: $type:ty),+ $(,)?))? :
            $nl:literal $(| $nl_many:literal)?, $en:literal $(| $en_many:literal)?;)*
    })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $group(pub $crate::language::Language);

        impl $group {
            $($crate::texts!(@one $name $(($($arg: $type),+))? : $nl $(| $nl_many)?, $en $(| $en_many)?);)*
        }
    )*};
}
