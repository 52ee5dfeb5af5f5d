//! Who may change something.

use accounts::{Accounts, InConsole, error::Refusal};
use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use storage::db::{Advisor, AdvisorRole};

/// Extracts the advisor of a valid session whose role allows changes. A reader is refused.
#[derive(Debug, Clone)]
pub struct Editor(pub Advisor);

impl<S> FromRequestParts<S> for Editor
where
    Accounts: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let InConsole(advisor) = InConsole::from_request_parts(parts, state).await?;
        if advisor.role == AdvisorRole::Reader {
            return Err(Refusal::NotAllowed.into_response());
        }
        Ok(Self(advisor))
    }
}

/// Extracts the advisor of a valid session who is an administrator. Everybody else is refused.
#[derive(Debug, Clone)]
pub struct Administrator(pub Advisor);

impl<S> FromRequestParts<S> for Administrator
where
    Accounts: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let InConsole(advisor) = InConsole::from_request_parts(parts, state).await?;
        if advisor.role != AdvisorRole::Administrator {
            return Err(Refusal::NotAllowed.into_response());
        }
        Ok(Self(advisor))
    }
}
