//! HTML that is put together as text, where no component can be: in mails, and around the pages of the server.

/// Returns a text in which no sign is read as markup, inside an element or between double quotes of an attribute.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_in_a_text_is_read_as_markup() {
        assert_eq!(escape("<b title=\"x\">Jansen & Zn</b>"), "&lt;b title=&quot;x&quot;&gt;Jansen &amp; Zn&lt;/b&gt;");
    }
}
