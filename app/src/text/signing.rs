//! Texts of signing with the device's own key, and of confirming it.

ui::texts! {
    /// Texts of signing without the passkey.
    Signing {
        second: "Onderteken met dit apparaat", "Sign with this device";
        second_note: "Lukt het niet met uw passkey? Dit apparaat kan voor u tekenen. U bevestigt het later met uw passkey.",
            "Does your passkey not work? This device can sign for you. You confirm it with your passkey later.";
        second_failed: "Dit apparaat kan nu niet tekenen. Probeer het met uw passkey zodra u internet heeft.",
            "This device cannot sign now. Try it with your passkey once you have internet.";
        confirm_title: "Bevestig uw akkoord", "Confirm your approval";
        confirm_body(name: &str): "U tekende {name} met dit apparaat, zonder passkey. Bevestig het nu met uw passkey.",
            "You signed {name} with this device, without a passkey. Confirm it now with your passkey.";
        confirm: "Bevestig met passkey", "Confirm with passkey";
        confirming: "Bevestigen…", "Confirming…";
        with_passkey: "Passkey", "Passkey";
        with_device: "Dit apparaat, nog niet bevestigd met passkey", "This device, not confirmed with a passkey yet";
        with_both: "Dit apparaat, bevestigd met passkey", "This device, confirmed with a passkey";
        ready_title: "Tekenen zonder internet", "Signing without internet";
        ready_body: "Soms werkt een passkey niet zonder internet. Maak dit apparaat klaar, dan kunt u ook dan tekenen.",
            "Sometimes a passkey does not work without internet. Prepare this device, and you can sign then too.";
        ready: "Maak dit apparaat klaar", "Prepare this device";
        preparing: "Klaarmaken…", "Preparing…";
        is_ready: "Dit apparaat kan voor u tekenen als uw passkey niet werkt.", "This device can sign for you when your passkey does not work.";
        ready_link: "Tekent u straks zonder internet? Maak dit apparaat klaar", "Will you sign without internet? Prepare this device";
        ready_failed: "Dit lukte niet. Probeer het opnieuw.", "This did not work. Try again.";
    }
}
