//! The local app behind `--forward`: it is asked, and its reply goes back.
//!
//! A callback goes to the app byte for byte, over a connection that is kept.
//! Nobody waits beyond [`BUDGET`]; what is answered in the end is [`policy`].

pub mod policy;
mod request;

use std::collections::HashSet;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::bail;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderName};
use hyper::{Request, Response, Uri};
use hyper_util::client::legacy::Error;
use hyper_util::client::legacy::connect::HttpInfo;
use tokio::time::{Instant, timeout_at};

use super::client::{self, Http, is_closed, place, reason};
use super::trust::Trust;
use crate::callback::reply_check::Expected;
use crate::callback::signature::Token;
use crate::callback::{Answer, AppReply, Delivery, Micros, Origin, Verdict, decode, query};
use policy::{Lost, Said};

/// How long the app may take, counted from the last byte of the callback's
/// body. Tencent gives up after two seconds, and the way there takes time too.
pub const BUDGET: Duration = Duration::from_millis(1_800);

/// The largest reply of the app that is read.
const LIMIT: usize = 1 << 20;

/// How many connections are remembered as kept.
const REMEMBERED: usize = 4096;

/// Who a re-sent call comes from, where the address of the caller stands.
const OURSELVES: &str = "imscope";

/// The local app.
pub struct Forward {
    base: Uri,
    strict: bool,
    client: Http,
    /// Our ends of the connections over which the app has replied.
    kept: Mutex<HashSet<SocketAddr>>,
}

impl fmt::Debug for Forward {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Forward({})", place(&self.base))
    }
}

impl Forward {
    /// The app at a URL; `strict` passes on what Tencent would not accept.
    pub fn new(base: Uri, strict: bool, trust: &Trust) -> Self {
        Self { base, strict, client: client::client(trust), kept: Mutex::default() }
    }

    /// The URL of the app, without a query.
    pub fn place(&self) -> String {
        place(&self.base)
    }

    /// Asks the app, and decides what is answered: what the app said, or the
    /// answer that the delivery holds already. `read` is when its last byte
    /// had been read.
    pub async fn answer(&self, delivery: &Delivery, read: Instant) -> Answer {
        let said = self.ask(delivery, &delivery.target, &delivery.body, read + BUDGET).await;
        let expected = Expected::of(&decode(delivery).word);
        policy::decide(delivery.answer.clone(), expected, said, self.strict)
    }

    /// Sends a kept call to the app again, with another body if there is one,
    /// signed afresh if there is a token. The delivery it gives is to be handed
    /// over like one that came.
    ///
    /// # Errors
    /// A call that is none for the app: it was refused, only looked, or did not
    /// come whole.
    pub async fn resend(
        &self,
        kept: &Delivery,
        edited: Option<Vec<u8>>,
        token: Option<&Token>,
        clock: fn() -> Micros,
    ) -> anyhow::Result<Delivery> {
        if kept.signature.refuses() {
            bail!("a refused call never reaches the local app");
        }
        if kept.method != "POST" {
            bail!("only callbacks are sent again, and they come by POST");
        }
        if edited.is_none()
            && matches!(kept.answer.status, 400 | 408 | 413)
            && kept.answer.app.is_none()
        {
            bail!("the body of this call did not come whole");
        }
        let at = clock();
        let origin = if edited.is_some() { Origin::Edited } else { Origin::Resent };
        let target = match token {
            Some(token) => query::signed_afresh(&kept.target, token, at).into(),
            None => kept.target.clone(),
        };
        let body = edited.map_or_else(|| kept.body.clone(), Vec::into_boxed_slice);
        let said = self.ask(kept, &target, &body, Instant::now() + BUDGET).await;
        let signature = token.map_or(Verdict::Unchecked, |_| Verdict::Valid { age: 0 });
        let peer = OURSELVES.into();
        let mut sent =
            Delivery { seq: 0, at, peer, target, body, signature, origin, ..kept.clone() };
        sent.answer = policy::as_said(Expected::of(&decode(&sent).word), said);
        sent.answer.took = micros(clock().since(at).unsigned_abs());
        Ok(sent)
    }

    async fn ask(&self, call: &Delivery, target: &str, body: &[u8], until: Instant) -> Said {
        let began = Instant::now();
        let mut heard = AppReply::default();
        let mut encoding = None;
        let ended = match request::outgoing(&self.base, call, target, body) {
            Ok(request) => {
                let exchange = self.exchange(request, &mut heard, &mut encoding);
                timeout_at(until, exchange).await.unwrap_or(Err(Lost::Late(BUDGET)))
            }
            Err(error) => Err(Lost::Silent(format!("cannot ask the local app: {error:#}"))),
        };
        heard.took = micros(began.elapsed().as_micros());
        match ended {
            Ok(()) => {
                heard.whole = true;
                Said::Whole { reply: heard, encoding }
            }
            Err(lost) => Said::Nothing { lost, heard },
        }
    }

    /// Everything up to the last byte of the reply, which goes into `heard` as
    /// it comes, so that it is there if this is given up.
    async fn exchange(
        &self,
        request: Request<Full<Bytes>>,
        heard: &mut AppReply,
        encoding: &mut Option<String>,
    ) -> Result<(), Lost> {
        let response = self.request(request).await?;
        let text = |name: HeaderName| {
            let value = response.headers().get(name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        heard.status = response.status().as_u16();
        heard.content_type = text(CONTENT_TYPE).unwrap_or_default().into();
        *encoding = text(CONTENT_ENCODING).filter(|it| !it.eq_ignore_ascii_case("identity"));
        let http = response.extensions().get::<HttpInfo>().map(HttpInfo::local_addr);
        let mut body = response.into_body();
        while let Some(frame) = body.frame().await {
            let data = frame.map_err(|_| Lost::BrokenOff)?.into_data().unwrap_or_default();
            heard.body.extend_from_slice(&data);
            if heard.body.len() > LIMIT {
                return Err(Lost::TooLarge(LIMIT));
            }
        }
        if let Some(http) = http {
            self.remember(http);
        }
        Ok(())
    }

    /// Asks again when a kept connection turns out to be closed: the app may
    /// have been restarted, or was tired of waiting. This can bring the app the
    /// same callback twice, but only if it took it and closed without a word;
    /// callbacks come twice from Tencent as well.
    async fn request(&self, request: Request<Full<Bytes>>) -> Result<Response<Incoming>, Lost> {
        loop {
            match self.client.request(request.clone()).await {
                Ok(response) => return Ok(response),
                Err(error) if is_closed(&error) && self.forget(&error) => {}
                Err(error) if error.is_connect() => {
                    let place = self.place();
                    let why = reason(&error);
                    return Err(Lost::Silent(format!("cannot connect to {place}: {why}")));
                }
                Err(error) if is_closed(&error) => return Err(Lost::Closed),
                Err(error) => {
                    let why = reason(&error);
                    return Err(Lost::Silent(format!("the local app gave no answer: {why}")));
                }
            }
        }
    }

    fn remember(&self, own: SocketAddr) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= REMEMBERED {
            // Most of them are gone by now; at worst a call is not repeated.
            kept.clear();
        }
        kept.insert(own);
    }

    /// Forgets the connection of an error; whether it was a kept one. Each is
    /// forgotten once, which ends the asking again.
    fn forget(&self, error: &Error) -> bool {
        let mut extras = hyper::http::Extensions::new();
        if let Some(connected) = error.connect_info() {
            connected.get_extras(&mut extras);
        }
        let own = extras.get::<HttpInfo>().map(HttpInfo::local_addr);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        own.is_some_and(|own| kept.remove(&own))
    }
}

fn micros(micros: impl TryInto<u32>) -> u32 {
    micros.try_into().unwrap_or(u32::MAX)
}
