//! Texts about the installed app and its storage space on the device.

ui::texts! {
    /// Texts of the offer to install the app.
    Install {
        title: "Zet Akkoord op uw beginscherm", "Put Akkoord on your home screen";
        why: "Dan vindt u het snel terug, en blijft wat u invult beter bewaard.",
            "You will find it again quickly, and what you fill in is kept more safely.";
        apple: "Tik in Safari op de deelknop en kies «Zet op beginscherm».",
            "In Safari, tap the share button and choose “Add to Home Screen”.";
        install: "Installeer", "Install";
        later: "Niet nu", "Not now";
    }

    /// Texts about storage space on the device.
    Room {
        title: "Ruimte op dit apparaat", "Room on this device";
        used(used: &str, quota: &str): "{used} van {quota} in gebruik.", "{used} of {quota} in use.";
        persistent: "Uw browser bewaart dit totdat u het zelf weghaalt.", "Your browser keeps this until you remove it yourself.";
        not_persistent: "Uw browser kan dit wissen als de ruimte op raakt. Wat al is ontvangen door uw adviseur gaat nooit verloren.",
            "Your browser may clear this when room runs out. What your advisor has received is never lost.";
        keep: "Bewaar het blijvend", "Keep it for good";
    }
}
