//! Time limits for work that waits for the network.

use crate::platform::{Unreachable, tasks};
use futures_util::{
    FutureExt,
    future::{Either, select},
    pin_mut,
};

/// Returns the result of `work`, or an error if it takes longer than `milliseconds`.
pub(super) async fn within<T>(
    milliseconds: u32,
    work: impl Future<Output = Result<T, Unreachable>>,
) -> Result<T, Unreachable> {
    let (work, timer) = (work.fuse(), tasks::sleep(milliseconds).fuse());
    pin_mut!(work, timer);
    match select(work, timer).await {
        Either::Left((result, _)) => result,
        Either::Right(_) => Err(Unreachable),
    }
}
