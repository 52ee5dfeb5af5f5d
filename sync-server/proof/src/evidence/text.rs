//! The texts of a pack and of its check, in both languages.

use super::{PackFault, Proven};
use model::{
    id::TaxReturnId,
    language::Language,
    record::{Approval, Finding, Level, TaxReturn},
    time::Timestamp,
};

model::texts! {
    /// Texts of both the check and the page of a pack.
    Facts {
        person: "Persoon", "Person";
        what: "Aangifte", "Tax return";
        what_value(name: &str, taxpayers: &str, number: u32): "{name} van {taxpayers}, versie {number}", "{name} of {taxpayers}, version {number}";
        capacity: "Als", "As";
        file: "Bestand", "File";
        signed_at: "Getekend (klok van het apparaat)", "Signed (clock of the device)";
        received_at: "Ontvangen (klok van de server)", "Received (clock of the server)";
        found: "Bevinding van de server", "What the server found";
        statement: "Verklaring, zoals getoond", "Statement, as shown";
        list: "Ondertekend in een lijst", "Signed in a list";
        list_value(at: usize, of: usize): "{at} van {of}, met één handtekening; geldig voor precies deze volgorde", "{at} of {of}, with one signature; valid for exactly this order";
        proves: "Wat dit bewijst", "What this proves";
        proof_bytes: "De passkey heeft getekend voor precies deze bytes van de aangifte, deze verklaring, deze persoon en een eenmalig nummer.",
            "The passkey signed for exactly these bytes of the return, this statement, this person and a single-use number.";
        level: "Ondertekend met", "Signed with";
        by_passkey: "Passkey", "Passkey";
        by_device_key: "Sleutel van het apparaat, gewaarmerkt met een passkey", "Key of the device, certified with a passkey";
        confirmed_at: "Bevestigd met een passkey", "Confirmed with a passkey";
        not_confirmed: "Nog niet", "Not yet";
        proof_device: "De sleutel van het apparaat heeft getekend voor precies deze bytes van de aangifte, deze verklaring, deze persoon en een eenmalig nummer.",
            "The key of the device signed for exactly these bytes of the return, this statement, this person and a single-use number.";
        proof_certificate: "Een passkey heeft die sleutel eerder voor deze persoon gewaarmerkt. Het apparaat controleerde de persoon toen met vinger, gezicht of pincode, op de site van het kantoor.",
            "A passkey certified that key for this person beforehand. The device verified the person then by finger, face or PIN, on the firm's site.";
        proof_confirmed: "Daarna heeft een passkey voor hetzelfde getekend.", "A passkey signed for the same afterwards.";
        limit_device: "Dat de persoon bij het tekenen zelf werd gecontroleerd: wie het ontgrendelde apparaat had, kon tekenen.",
            "That the person was verified while signing: who held the unlocked device could sign.";
        proof_person: "Het apparaat heeft de persoon gecontroleerd met vinger, gezicht of pincode, op de site van het kantoor.",
            "The device verified the person by finger, face or PIN, on the firm's site.";
        proof_seal: "Alles in dit pakket is verzegeld door de server; geen byte kan veranderen zonder dat het opvalt.",
            "All of this pack is sealed by the server; no byte can change unnoticed.";
        proves_not: "Wat dit niet bewijst", "What this does not prove";
        limit_person: "Dat de passkey van deze persoon is: dat zegt het kantoor, dat de persoon heeft uitgenodigd.",
            "That the passkey is this person's: the firm says so, which invited the person.";
        limit_time: "Het moment van tekenen: dat is de klok van het apparaat. De ontvangst is de klok van de server.",
            "The moment of signing: that is the device's clock. The receipt is the server's clock.";
        limit_reading: "Dat de aangifte is gelezen of begrepen.", "That the return was read or understood.";
        limit_later: "Wat er na het maken van dit pakket gebeurde, zoals een nieuwe versie of een intrekking.",
            "What happened after this pack was made, such as a new version or a withdrawal.";
    }

    /// Texts of the check.
    Check {
        holds: "KLOPT: dit pakket is gaaf en het akkoord is geldig getekend.", "HOLDS: this pack is intact and the approval is validly signed.";
        intact_only: "GAAF, MAAR GEEN GELDIG AKKOORD: het pakket is gaaf, maar het akkoord telt niet.",
            "INTACT, BUT NO VALID APPROVAL: the pack is intact, but the approval does not count.";
        broken(why: &str): "KLOPT NIET: {why}.", "DOES NOT HOLD: {why}.";
        withdrawn(at: &str): "De persoon heeft het akkoord daarna ingetrokken ({at}). Een intrekking wordt niet ondertekend: dit is wat het log zegt.",
            "The person took the approval back afterwards ({at}). A withdrawal is not signed: this is what the log says.";
        void: "De versie is vervallen: er kwam een nieuwere.", "The version is void: a newer one came.";
        ruled(by: &str): "Het akkoord wachtte op een besluit van het kantoor en is overgenomen door {by}.", "The approval awaited the firm's decision and was taken over by {by}.";
        seal(key: &str): "Verzegeld met {key}. Vergelijk dit met de sleutel die het kantoor u gaf.", "Sealed with {key}. Compare it with the key that the firm gave you.";
    }
}

impl Facts {
    /// Returns sentences about what a pack proves.
    pub fn proofs(self, level: Level, countersigned: bool) -> Vec<&'static str> {
        let mut proofs = match level {
            Level::Passkey => vec![self.proof_bytes(), self.proof_person()],
            Level::DeviceKey => vec![self.proof_device(), self.proof_certificate()],
        };
        proofs.extend(countersigned.then(|| self.proof_confirmed()));
        proofs.push(self.proof_seal());
        proofs
    }

    /// Returns sentences about what a pack does not prove.
    pub fn limits(self, level: Level, countersigned: bool) -> Vec<&'static str> {
        let by_device = level == Level::DeviceKey && !countersigned;
        let mut limits: Vec<_> = by_device.then(|| self.limit_device()).into_iter().collect();
        limits.extend([self.limit_person(), self.limit_time(), self.limit_reading(), self.limit_later()]);
        limits
    }

    /// Returns in words how an approval is signed.
    pub fn with(self, level: Level) -> &'static str {
        match level {
            Level::Passkey => self.by_passkey(),
            Level::DeviceKey => self.by_device_key(),
        }
    }
}

/// Returns a finding in a few words.
pub fn finding(finding: Finding, language: Language) -> &'static str {
    let (nl, en) = match finding {
        Finding::Verified => ("Gecontroleerd en geldig", "Checked and valid"),
        Finding::Outdated => ("Te laat: er was een nieuwere versie", "Too late: there was a newer version"),
        Finding::NotAsked => ("Niet gevraagd, of al gegeven", "Not asked for, or given before"),
        Finding::UnknownPasskey => ("Onbekende passkey", "Unknown passkey"),
        Finding::Invalid => ("Handtekening past niet", "Signature does not fit"),
        Finding::AwaitsRuling => ("Wacht op een besluit van het kantoor", "Awaits the firm's decision"),
        Finding::UnknownDeviceKey => {
            ("Sleutel van het apparaat is niet gewaarmerkt", "Key of the device is not certified")
        }
        Finding::Recalled => ("Te laat: het kantoor had dit teruggehaald", "Too late: the firm had taken this back"),
        Finding::NotYet => ("Te vroeg: iemand anders was eerst", "Too early: somebody else was first"),
        Finding::NotOpened => ("Het document was nog niet geopend", "The document was not opened yet"),
    };
    match language {
        Language::Nl => nl,
        Language::En => en,
    }
}

/// Returns the place of an approval in the list that was signed, if the list has several.
pub fn list(approval: &Approval, language: Language) -> Option<String> {
    let place = approval.signed.iter().position(|signed| signed.revision == approval.revision)?;
    let of = approval.signed.len();
    (of > 1).then(|| Facts(language).list_value(place + 1, of))
}

/// Returns what was approved: the kind, the period, and the taxpayers.
pub fn what(returns: &[(TaxReturnId, TaxReturn)], number: u32, language: Language) -> String {
    let title = returns.first().map(|(_, tax_return)| tax_return.title(language)).unwrap_or_default();
    let taxpayers: Vec<_> = returns.iter().map(|(_, tax_return)| tax_return.taxpayer_name.as_str()).collect();
    Facts(language).what_value(&title, &taxpayers.join(", "), number)
}

/// Writes the outcome of a check as lines to be read.
pub fn lines(outcome: &Result<Proven, PackFault>, language: Language) -> Vec<String> {
    let (t, c) = (Facts(language), Check(language));
    let proven = match outcome {
        Ok(proven) => proven,
        Err(fault) => return vec![c.broken(fault.sentence(language))],
    };
    let m = &proven.manifest;
    let line = |name: &str, value: &str| format!("{name}: {value}");
    let mut lines = vec![
        (if proven.counts { c.holds() } else { c.intact_only() }).to_owned(),
        line(t.person(), &m.person.name),
        line(t.what(), &what(&proven.returns, proven.revision.number, language)),
        line(t.capacity(), proven.request.capacity.name(language)),
        line(t.file(), &format!("BLAKE3 {}", proven.revision.file.hash)),
        line(t.level(), t.with(m.level)),
        line(t.signed_at(), &moment(proven.approval.at)),
        line(t.received_at(), &moment(proven.verdict.at)),
        line(t.found(), finding(proven.verdict.finding, language)),
        line(t.statement(), &proven.request.statement),
    ];
    if let Some(list) = list(&proven.approval, language) {
        lines.push(line(t.list(), &list));
    }
    let countersigned = proven.countersignature.is_some();
    if m.level == Level::DeviceKey {
        let at = proven.countersignature.as_ref().map(|c| moment(c.at));
        lines.push(line(t.confirmed_at(), at.as_deref().unwrap_or(t.not_confirmed())));
    }
    if let Some(ruling) = proven.ruling.as_ref().filter(|r| r.accepted) {
        lines.push(c.ruled(&ruling.by));
    }
    if let Some(withdrawal) = &proven.withdrawal {
        lines.push(c.withdrawn(&moment(withdrawal.at)));
    }
    if proven.void {
        lines.push(c.void().to_owned());
    }
    if proven.counts {
        lines.push(format!("{}:", t.proves()));
        lines.extend(t.proofs(m.level, countersigned).into_iter().map(|l| format!("- {l}")));
    }
    lines.push(format!("{}:", t.proves_not()));
    lines.extend(t.limits(m.level, countersigned).into_iter().map(|l| format!("- {l}")));
    lines.push(c.seal(&m.seal));
    lines
}

/// Writes date and time of day in UTC.
pub fn moment(at: Timestamp) -> String {
    format!("{} UTC", at.at_offset(0).strftime("%Y-%m-%d %H:%M:%S"))
}
