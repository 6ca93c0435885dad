//! Options of the tunnel to the listener.

use hyper::Uri;

use super::values::Values;
use crate::callback::tunnel_program::TunnelProgram;
use crate::edge::tunnel::TunnelApis;

/// Where the local APIs of tunnel programs are.
#[derive(Debug, Clone)]
pub struct TunnelOptions {
    /// URL of the API of ngrok's agent.
    pub ngrok_api: Option<Uri>,
    /// URL of the admin server of frp's client, with user and password.
    pub frp_admin: Option<Uri>,
}

impl TunnelOptions {
    pub(super) fn of(values: &Values<'_>) -> Self {
        Self { ngrok_api: values.get("ngrok-api"), frp_admin: values.get("frp-admin") }
    }

    /// The local APIs that are asked for tunnels.
    pub fn apis(&self) -> TunnelApis {
        TunnelApis::default()
            .with(TunnelProgram::Ngrok, self.ngrok_api.as_ref())
            .with(TunnelProgram::Frp, self.frp_admin.as_ref())
    }
}
