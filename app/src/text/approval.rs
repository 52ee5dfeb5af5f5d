//! Texts of reading, approving and declining a tax return, and of the proof.

ui::texts! {
    /// Texts of reading and approving a tax return.
    Approve {
        title(yours: &str): "Klopt {yours}?", "Is {yours} right?";
        title_consent: "Geeft u vaste toestemming?", "Do you give standing consent?";
        lead: "Kijk rustig na of alles klopt. U kunt altijd een vraag stellen.", "Take your time to check. You can always ask a question.";
        title_information(yours: &str): "Ter informatie: {yours}", "For your information: {yours}";
        lead_information: "U hoeft alleen te lezen. U kunt altijd een vraag stellen.", "You only need to read. You can always ask a question.";
        not_ready_title: "Nog niet klaar", "Not ready yet";
        not_ready_body: "Uw adviseur werkt aan uw aangifte. U krijgt bericht.", "Your advisor is preparing your tax return. You will hear from us.";
        outcome: "Uitkomst van uw aangifte", "Outcome of your tax return";
        together_back: "Samen terug te ontvangen", "To be received together";
        together_pay: "Samen te betalen", "To be paid together";
        alone_back: "U krijgt terug", "You receive";
        alone_pay: "U betaalt", "You pay";
        zero: "U betaalt niets en krijgt niets terug", "Nothing to pay and nothing to receive";
        you(name: &str): "U, {name}", "You, {name}";
        pdf: "Het document als PDF", "The document as PDF";
        whole: "Het hele document", "The whole document";
        pages(n: u32, revision: u32): "PDF, 1 pagina, versie {revision}" | "PDF, {n} pagina’s, versie {revision}",
            "PDF, 1 page, version {revision}" | "PDF, {n} pages, version {revision}";
        read(the: &str): "Lees {the}", "Read {the}";
        opening: "Openen…", "Opening…";
        read_first(the: &str): "Lees eerst {the}. Daarna kunt u akkoord geven.", "Read {the} first. Then you can approve it.";
        not_here: "Nog niet op dit apparaat. Maak verbinding met internet om het document te lezen.",
            "Not on this device yet. Connect to the internet to read the document.";
        unreadable: "Het document kon niet worden geopend. Probeer het opnieuw.", "The document could not be opened. Try again.";
        figures: "Belangrijkste bedragen", "Most important amounts";
        figures_caption: "Belangrijkste bedragen, vergeleken met vorig jaar", "Most important amounts, compared with last year";
        version_had(number: u32, amount: &str, change: &str): "versie {number}: {amount} ({change})", "version {number}: {amount} ({change})";
        version_had_not(number: u32): "niet in versie {number}", "not in version {number}";
        version_was(number: u32, outcome: &str): "versie {number}: {outcome}", "version {number}: {outcome}";
        left_out: "weggelaten", "left out";
        something_wrong: "Er klopt iets niet", "Something is not right";
        approve: "Geef akkoord", "Approve";
        after_all: "Geef toch akkoord", "Approve after all";
        sheet_title(yours: &str): "Geef akkoord met {yours}", "Approve {yours}";
        own(other: &str): "U tekent voor uzelf. {other} tekent zelf, op een eigen apparaat.", "You sign for yourself. {other} signs too, on their own device.";
        own_alone: "U tekent voor uzelf.", "You sign for yourself.";
        fact_outcome: "Uitkomst", "Outcome";
        fact_capacity: "Als", "As";
        no_result: "De uitkomst staat in het document zelf.", "The result stands in the document itself.";
        scope: "Waarvoor u toestemming geeft", "What you consent to";
        scope_kinds: "In te dienen zonder uw akkoord vooraf", "To be filed without your prior approval";
        scope_until: "Tot en met", "Until";
        scope_taxpayer: "Van", "Of";
        scope_over: "Over", "Over";
        fact_name: "Naam", "Name";
        revision(name: &str, number: u32): "{name}, versie {number}", "{name}, version {number}";
        agree: "Ik ga akkoord", "I agree";
        signing: "Ondertekenen…", "Signing…";
        confirm: "U bevestigt met uw gezicht, vingerafdruk of de pincode van uw apparaat.", "You confirm with face, fingerprint or the PIN of your device.";
        confirm_offline: "U bent offline. Uw akkoord wordt op dit apparaat ondertekend en wordt verstuurd zodra u weer verbinding heeft.",
            "You are offline. Your approval is signed on this device and sent once you are back online.";
        no_request: "Uw akkoord wordt nu niet gevraagd. Ga terug naar Overzicht.", "Your approval is not asked for at present. Go back to the overview.";
        new_version(name: &str, number: u32): "{name} heeft een nieuwe versie klaargezet. Uw akkoord gold voor versie {number}.",
            "{name} has prepared a new version. Your approval was for version {number}.";
        new_version_declined(name: &str, number: u32): "{name} heeft een nieuwe versie klaargezet, na uw opmerking bij versie {number}.",
            "{name} has prepared a new version, after your note on version {number}.";
        new_version_title: "Lees deze versie opnieuw", "Please read this version";
        declined_title: "U heeft gemeld dat er iets niet klopt", "You said that something is not right";
        declined_body(name: &str): "{name} kijkt ernaar. U krijgt bericht als er een nieuwe versie is.", "{name} looks into it. You will hear when there is a new version.";
        declined_instead: "Klopt het toch? U kunt alsnog akkoord geven.", "Is it right after all? You can still approve.";
        signed_title: "U heeft akkoord gegeven", "You have approved";
        see_proof: "Bekijk uw bewijs", "See your proof";
        not_approver: "U kunt deze aangifte lezen. Akkoord geven hoeft u niet.", "You can read this tax return. You need not approve it.";
        again: "Geef opnieuw akkoord", "Approve again";
        not_accepted: "Uw akkoord is niet aangenomen", "Your approval was not accepted";
        outdated: "Er stond al een nieuwe versie klaar toen uw akkoord binnenkwam.", "A newer version was ready when your approval arrived.";
        not_asked: "Uw akkoord was niet gevraagd, of u had al akkoord gegeven.", "Your approval was not asked for, or had been given.";
        unknown_passkey: "De passkey waarmee u tekende hoort niet (meer) bij u.", "The passkey you signed with is not (or no longer) yours.";
        unknown_device_key: "Dit apparaat mag niet (meer) voor u tekenen. Teken met uw passkey.", "This device may not (or no longer) sign for you. Sign with your passkey.";
        ruling_refused: "De passkey waarmee u tekende gold niet meer, en uw adviseur kon het akkoord niet overnemen.", "The passkey you signed with no longer counted, and your advisor could not take the approval over.";
        recalled: "Uw adviseur heeft dit teruggehaald. Uw akkoord telt niet.", "Your advisor took this back. Your approval does not count.";
        not_yet: "Iemand anders geeft eerst akkoord.", "Somebody else approves first.";
        not_opened: "Het document was nog niet op uw scherm. Lees het en geef daarna akkoord.",
            "The document was not on your screen yet. Read it, then approve.";
        invalid: "De ondertekening klopt niet met deze aangifte.", "The signature does not fit this tax return.";
    }

    /// Texts about the state of somebody's approval.
    ApprovalStateText {
        awaiting_ruling_title(firm: &str): "Uw akkoord wacht op {firm}", "Your approval waits for {firm}";
        awaiting_ruling_why(name: &str): "Toen uw akkoord binnenkwam gold uw passkey niet meer, of was uw toegang net vernieuwd. Daarom gaat {name} eerst na of u het was.",
            "When your approval arrived your passkey no longer counted, or your access had just been renewed. So {name} first makes sure that it was you.";
        awaiting_ruling_now(name: &str): "U hoeft niets te doen. {name} kan u bellen. Was u het niet? Bel dan zelf.",
            "There is nothing to do. {name} may phone you. Was it not you? Then phone us.";
        awaiting_ruling_short(name: &str): "{name} gaat na of u het was", "{name} makes sure that it was you";
        ruled(name: &str, remark: &str): "{name} schreef: “{remark}”", "{name} wrote: “{remark}”";
        turn_title(name: &str): "Eerst geeft {name} akkoord", "{name} approves first";
        turn_body: "U kunt de aangifte al lezen. U krijgt een mail als u aan de beurt bent.",
            "You can read the tax return already. You get a mail when it is your turn.";
        turn_early(name: &str): "U tekende voordat {name} akkoord gaf. Dat telt niet mee: straks tekent u nog een keer.",
            "You signed before {name} had approved. That does not count: you sign once more when it is your turn.";
        paper_title: "U gaf akkoord op papier", "You approved on paper";
        paper_body(by: &str, day: &str): "Getekend op {day}. {by} heeft uw handtekening vastgelegd. U hoeft niets meer te doen.",
            "Signed on {day}. {by} recorded your signature. There is nothing more to do.";
        paper_scan: "Bekijk wat u tekende", "See what you signed";
        information_title: "Ter informatie", "For your information";
        information_body: "U hoeft dit alleen te lezen. Akkoord geven is niet nodig.",
            "You only need to read this. No approval is needed.";
        information_read(day: &str): "U las het op {day}.", "You read it on {day}.";
        by_consent_title: "Op grond van uw vaste toestemming", "By your standing consent";
        by_consent_body(name: &str, day: &str): "{name} mag dit indienen zonder dat u vooraf akkoord geeft, tot en met {day}. U hoeft het alleen te lezen. Klopt er iets niet? Stel dan een vraag.",
            "{name} may file this without your prior approval, until {day}. You only need to read it. Is something not right? Then ask a question.";
        consent_over_title: "Uw vaste toestemming geldt hier niet meer", "Your standing consent no longer covers this";
        consent_over_body(name: &str): "{name} vraagt u om akkoord, of neemt contact met u op.", "{name} will ask for your approval, or contact you.";
        information_to_read: "Lees uw aangifte", "Read your tax return";
        no_approval: "Geen akkoord nodig", "No approval needed";
        withdrawn_title: "U heeft uw akkoord ingetrokken", "You have withdrawn your approval";
        withdrawn_body(name: &str): "{name} kijkt ernaar en zet zo nodig een nieuwe versie klaar. Wilt u toch akkoord geven? Vraag {name} dan om dit opnieuw klaar te zetten.",
            "{name} looks into it and prepares a new version if needed. Would you like to approve after all? Then ask {name} to prepare it again.";
        withdrawn_late(name: &str): "Het was al verstuurd toen uw intrekking binnenkwam. {name} weet ervan. Bel om te overleggen.",
            "It had been sent when your withdrawal arrived. {name} knows. Phone to talk it over.";
        withdrawn_step: "Akkoord ingetrokken", "Approval withdrawn";
        looks(name: &str): "{name} kijkt ernaar", "{name} looks into it";
        refused_short: "Uw akkoord is niet aangenomen", "Your approval was not accepted";
        refused_way: "Lees waarom, en geef daarna opnieuw akkoord.", "Read why, and then approve again.";
        refused_again: "Geef opnieuw akkoord", "Approve again";
        asked_title: "U heeft een vraag gesteld", "You have asked a question";
        asked_body(name: &str): "{name} antwoordt bij Berichten. Tot die tijd hoeft u niets te doen.",
            "{name} answers under Messages. Until then there is nothing to do.";
        answered_title(name: &str): "{name} heeft op uw vraag geantwoord", "{name} has answered your question";
        read_answer: "Lees de berichten", "Read the messages";
        other_refused(name: &str): "{name} is niet akkoord", "{name} does not agree";
        other_refused_body(name: &str): "Uw eigen akkoord blijft staan. {name} kijkt er eerst naar; u krijgt bericht als er een nieuwe versie is.",
            "Your own approval stands. {name} looks into it first; you will hear when there is a new version.";
        running: "Loopt nog", "Under way";
        declined_short(name: &str): "{name} bekijkt wat er niet klopt", "{name} looks into what is not right";
        other_awaits_ruling(name: &str, advisor: &str): "{name} heeft getekend. {advisor} gaat dat na.", "{name} has signed. {advisor} makes sure of it.";
        other_withdrew(name: &str): "{name} heeft het akkoord ingetrokken", "{name} has withdrawn the approval";
        withdraw: "Trek uw akkoord in", "Withdraw your approval";
        withdraw_until: "Dat kan totdat de aangifte is verstuurd.", "You can until the tax return has been sent.";
        withdraw_always: "Dat kan altijd. Wat al is verstuurd, blijft verstuurd.", "You always can. What has been sent stays sent.";
        withdraw_title: "Akkoord intrekken?", "Withdraw your approval?";
        withdraw_lead(name: &str): "Uw akkoord telt dan niet meer en op grond daarvan wordt niets verstuurd. {name} krijgt uw uitleg. Wat u tekende blijft bewaard, met uw intrekking erbij.",
            "Your approval then no longer counts and nothing is sent by it. {name} gets your explanation. What you signed is kept, together with your withdrawal.";
        withdraw_label: "Waarom?", "Why?";
        withdraw_stay: "Mijn akkoord blijft staan", "Keep my approval";
        withdraw_empty: "Schrijf kort op waarom.", "Write in short why.";
    }

    /// Texts of declining.
    DeclineText {
        title: "Wat klopt er niet?", "What is not right?";
        lead(name: &str): "{name} krijgt uw bericht en past de aangifte zo nodig aan. U geeft nu geen akkoord.",
            "{name} gets your note and changes the tax return if needed. You are not approving now.";
        about: "Waar gaat het over?", "What is it about?";
        amount: "Een bedrag klopt niet", "An amount is not right";
        missing: "Er mist iets", "Something is missing";
        unclear: "Ik begrijp iets niet", "There is something I don’t understand";
        label: "Uw uitleg", "Your explanation";
        send: "Stuur naar uw adviseur", "Send to your advisor";
        empty: "Schrijf kort op wat er niet klopt.", "Write in short what is not right.";
        too_long(n: usize): "Uw uitleg is {n} tekens te lang.", "Your explanation is {n} characters too long.";
    }

    /// Texts of the proof of an approval.
    Proof {
        title: "Bewijs van akkoord", "Proof of approval";
        thanks(name: &str): "Dank u wel, {name}", "Thank you, {name}";
        thanks_body(name: &str): "U heeft akkoord gegeven met: {name}.", "You have approved: {name}.";
        on_device: "Ondertekend op dit apparaat", "Signed on this device";
        on_device_body: "Uw akkoord wordt verstuurd zodra u weer verbinding heeft.", "Your approval is sent once you are back online.";
        sending_body: "Uw akkoord wordt verstuurd.", "Your approval is being sent.";
        next: "Wat gebeurt er nu?", "What happens now?";
        waits: "Wacht op verbinding", "Waiting for a connection";
        waits_note: "Open deze app als u weer internet heeft. Dan gaat het versturen vanzelf.", "Open this app when you have internet. Sending then goes by itself.";
        received(firm: &str): "Ontvangen door {firm}", "Received by {firm}";
        verified: "Gecontroleerd: de ondertekening klopt", "Checked: the signature is right";
        verifying: "Wordt gecontroleerd", "Being checked";
        still(name: &str): "{name} geeft nog akkoord", "{name} still has to approve";
        other_approved(name: &str): "{name} heeft akkoord gegeven", "{name} has approved";
        other_declined(name: &str): "{name} meldde dat er iets niet klopt", "{name} said that something is not right";
        files(name: &str): "{name} verstuurt de aangifte", "{name} sends the tax return";
        files_note: "U krijgt bericht als dat is gebeurd.", "You will hear when that is done.";
        filed: "Verstuurd naar Belastingdienst", "Sent to the tax authority";
        not_received_title: "Nog niet ontvangen", "Not received yet";
        not_received_body: "Verwijder deze app niet en wis uw browsergegevens niet tot uw akkoord is verstuurd.",
            "Do not remove this app or clear your browser data until your approval has been sent.";
        void_title: "Uw akkoord geldt niet meer", "Your approval no longer counts";
        void_body(name: &str, number: u32): "{name} heeft een nieuwe versie klaargezet. Uw akkoord gold voor versie {number}.",
            "{name} has prepared a new version. Your approval was for version {number}.";
        see_new: "Bekijk de nieuwe versie", "See the new version";
        yours: "Uw bewijs", "Your proof";
        signed_by: "Getekend door", "Signed by";
        when: "Wanneer", "When";
        what: "Waarvoor", "For";
        what_value(pages: u32, name: &str, number: u32): "{name}, versie {number}, 1 pagina" | "{name}, versie {number}, {pages} pagina’s",
            "{name}, version {number}, 1 page" | "{name}, version {number}, {pages} pages";
        with: "Waarmee", "With";
        pen: "Pen en papier", "Pen and paper";
        pen_note: "Uw kantoor bewaart wat u tekende. Een bewijspakket hoort er niet bij: dat is er alleen van akkoord met een passkey.",
            "The firm keeps what you signed. There is no evidence pack: that comes with approval by passkey only.";
        code: "Controlecode", "Check code";
        pack: "Download het bewijspakket", "Download the evidence pack";
        pack_again: "Bewaar het bewijspakket nog eens", "Save the evidence pack again";
        pack_busy: "Downloaden…", "Downloading…";
        pack_here: "Staat ook op dit apparaat: u kunt het zonder internet bewaren of doorsturen.",
            "It is on this device too: you can save or pass it on without internet.";
        pack_offline: "Nog niet op dit apparaat. Maak verbinding met internet en probeer het opnieuw.",
            "Not on this device yet. Connect to the internet and try again.";
        pack_failed: "Downloaden lukte niet. Probeer opnieuw.", "Downloading failed. Try again.";
        pack_file(name: &str, number: u32): "bewijs-{name}-versie-{number}.zip", "evidence-{name}-version-{number}.zip";
        pack_note: "Hiermee kan iedereen uw akkoord controleren, ook zonder dit portaal.", "With it anybody can check your approval, also without this portal.";
        none_title: "U heeft nog geen akkoord gegeven", "You have not approved yet";
        to_return: "Bekijk uw aangifte", "See your tax return";
    }
}
