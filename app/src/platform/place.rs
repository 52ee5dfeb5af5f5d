//! Where the app is open: a browser that has passkeys, or a window inside a
//! mail program or another app, which mostly has none.

/// What kind of window this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Passkeys work here.
    Browser,
    /// A window inside another app on an iPhone or iPad.
    InsideIos,
    /// A window inside another app on another system.
    Inside,
    /// A browser without passkeys.
    Without,
}

impl Place {
    /// By what the browser says of itself, and whether it has Web Authentication.
    /// A window inside an app names the app, or leaves out what the browser of
    /// the system says: `Safari/` on iOS, and on Android it says `; wv)`.
    pub fn of(user_agent: &str, has_passkeys: bool) -> Self {
        let says = |word: &str| user_agent.contains(word);
        let ios = says("iPhone") || says("iPad") || says("iPod");
        let app = ["FBAN/", "FBAV/", "Instagram", "LinkedInApp", "GSA/", "OutlookMobile", "YahooMobile"];
        let inside = app.iter().any(|word| says(word)) || says("; wv)") || (ios && !says("Safari/"));
        match (inside, ios, has_passkeys) {
            (true, true, _) => Self::InsideIos,
            (true, false, _) => Self::Inside,
            (false, _, true) => Self::Browser,
            (false, _, false) => Self::Without,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn a_window_inside_an_app_is_told_from_a_browser() {
        let ios = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        let safari = format!("{ios} Version/18.5 Mobile/15E148 Safari/604.1");
        let android = "Mozilla/5.0 (Linux; Android 15; Pixel 8";
        let chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";
        let cases = [
            (safari.clone(), true, Place::Browser),
            (format!("{ios} Mobile/15E148"), true, Place::InsideIos),
            (format!("{safari} GSA/390.0"), true, Place::InsideIos),
            (format!("{android}) {chrome}"), true, Place::Browser),
            (format!("{android}; wv) {chrome}"), true, Place::Inside),
            (format!("{android}; wv) {chrome}"), false, Place::Inside),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140 Safari/537.36".to_owned(),
                true,
                Place::Browser,
            ),
            ("Mozilla/5.0 (Windows NT 10.0; rv:60.0) Gecko/20100101 Firefox/59.0".to_owned(), false, Place::Without),
        ];
        for (user_agent, has_passkeys, expected) in cases {
            assert_eq!(Place::of(&user_agent, has_passkeys), expected, "{user_agent}");
        }
    }
}
