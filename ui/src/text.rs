//! Texts in the two languages, side by side. Holds the macro that defines
//! them; never a text itself: those stand with the screens that show them.

pub use model::language::Language;

/// Defines groups of texts. Each group is a `Copy` struct around the language
/// with one method per text; a text that lacks a language does not compile.
///
/// ```
/// ui::texts! {
///     /// The first screen.
///     Overview {
///         title: "Overzicht", "Overview";
///         greeting(name: &str): "Dag {name}", "Hello {name}";
///         tasks(n: usize): "Er staat 1 ding klaar." | "Er staan {n} dingen klaar.",
///             "One thing is ready." | "{n} things are ready.";
///     }
/// }
/// use ui::text::Language;
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
                $crate::text::Language::Nl => $nl,
                $crate::text::Language::En => $en,
            }
        }
    };
    (@one $name:ident ($($arg:ident: $type:ty),+) : $nl:literal, $en:literal) => {
        #[must_use]
        pub fn $name(self, $($arg: $type),+) -> String {
            match self.0 {
                $crate::text::Language::Nl => format!($nl),
                $crate::text::Language::En => format!($en),
            }
        }
    };
    (@one $name:ident ($first:ident: $first_type:ty $(, $arg:ident: $type:ty)*) :
        $nl_one:literal | $nl_many:literal, $en_one:literal | $en_many:literal) => {
        #[must_use]
        pub fn $name(self, $first: $first_type $(, $arg: $type)*) -> String {
            match (self.0, $first == 1) {
                ($crate::text::Language::Nl, true) => format!($nl_one),
                ($crate::text::Language::Nl, false) => format!($nl_many),
                ($crate::text::Language::En, true) => format!($en_one),
                ($crate::text::Language::En, false) => format!($en_many),
            }
        }
    };
    ($($(#[$doc:meta])* $group:ident {
        $($name:ident $(($($arg:ident: $type:ty),+ $(,)?))? :
            $nl:literal $(| $nl_many:literal)?, $en:literal $(| $en_many:literal)?;)*
    })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $group(pub $crate::text::Language);

        impl $group {
            $($crate::texts!(@one $name $(($($arg: $type),+))? : $nl $(| $nl_many)?, $en $(| $en_many)?);)*
        }
    )*};
}
