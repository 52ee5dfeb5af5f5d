//! Approvals that cannot hold, each of which the advisor hears of.

use super::{
    super::{device::Device, world::Orders},
    on_threads,
};
use model::{
    approval::{Nonce, SignedRevision},
    hash::ContentHash,
    id::ApprovalId,
    record::{Approval, Assertion, Base64},
    section::Write,
};
use storage::clock::{Clock, random};

/// Sends approvals with a made-up signature.
pub fn that_cannot_hold(orders: &Orders) {
    let attacker = &orders.attacker;
    on_threads(1, |_| {
        let Some(mut device) = Device::connect(orders.port, attacker) else { return };
        device.be_patient(std::time::Duration::from_secs(10));
        for _ in 0..50 {
            let assertion = Assertion {
                credential: Base64(vec![1; 16]),
                authenticator_data: Base64(vec![2; 37]),
                client_data: Base64(vec![3; 100]),
                signature: Base64(vec![4; 70]),
            };
            let at = Clock::system().now();
            let (revision, by) = (orders.revision, attacker.person);
            let signed = vec![SignedRevision::of(revision, ContentHash([5; 32]), "", Nonce([6; 32]))];
            let approval = Approval { revision, by, at, signed, signature: assertion.into() };
            if device.send(at, Write::of(&ApprovalId::from_random(random()), &approval), |_, _| ()).is_none() {
                return;
            }
        }
    });
}
