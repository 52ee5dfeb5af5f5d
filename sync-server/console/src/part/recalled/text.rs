//! The texts beside what can be taken back.

ui::texts! {
    /// Texts of the link and of the mark.
    Recalled {
        link: "Terughalen", "Take back";
        by(name: &str, at: &str): "Teruggehaald door {name}, {at}", "Taken back by {name}, {at}";
    }
}
