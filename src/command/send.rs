//! `imscope send`: sends generated callbacks, and validates the replies.

mod plan;
mod scenario;

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use hyper::Uri;

use super::checked_reply::CheckedReply;
use super::cli::command_word;
use super::cli::send::SendOptions;
use super::report::Report;
use super::{usage, words};
use crate::callback::command;
use crate::callback::deadline::TENCENT_TIMEOUT;
use crate::callback::lang::{Localized, localize};
use crate::callback::sample::Sample;
use crate::callback::secret::Secrets;
use crate::callback::signature::Token;
use crate::edge::client_tls::RootCerts;
use crate::edge::clock;
use crate::edge::http_client::{HttpClient, Reply};
use crate::edge::signals::interrupted;
use crate::edge::stdio::print_status;
use plan::Plan;
use scenario::{Course, Step};

const STALE_WITHOUT_TOKEN: Localized = Localized::new(
    "--stale requires a token: set IMSCOPE_TOKEN or --token-file",
    "--stale 需要 Token：请设置 IMSCOPE_TOKEN 或 --token-file",
);

/// Sends the callbacks and prints the replies; the exit status is that of the report.
///
/// # Errors
/// A misspelled command, an expectation that no reply can meet, a body, a scenario or a token that cannot be
/// read, or an output that cannot be written. A callback without a reply is not an error;
/// it is counted and printed.
pub fn run(options: &SendOptions, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let token = options.token.read(options.lang)?;
    if token.is_none() && options.stale.is_some() {
        bail!(STALE_WITHOUT_TOKEN.text(options.lang));
    }
    let callbacks = Callbacks::new(options)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context(words::NO_RUNTIME.text(options.lang))?;
    let roots = RootCerts::for_url(&options.url, options.ca.as_deref())?;
    let client = HttpClient::with_roots(TENCENT_TIMEOUT, &roots);
    let sender = Sender { options, token: token.as_ref(), client };
    let mut report = match callbacks {
        Callbacks::OfPlan(_) => Report::new(options.lang),
        Callbacks::OfScenario(_) => Report::with_words(options.lang),
    };
    let interrupted = runtime.block_on(async {
        tokio::select! {
            biased;
            () = interrupted() => Ok(true),
            sent = sender.send(&callbacks, &mut report, out) => sent.map(|()| false),
        }
    })?;
    report.finish(out)?;
    Ok(report.exit_code(interrupted))
}

/// What is wrong if the receiver checks signatures, and so refuses a callback.
const WITHOUT_TOKEN: Localized = Localized::new(
    "; if signatures are checked there, set IMSCOPE_TOKEN or --token-file",
    "；若对方校验签名，请设置 IMSCOPE_TOKEN 或 --token-file",
);

/// The callbacks to send.
enum Callbacks<'a> {
    /// Some of the same command.
    OfPlan(Plan<'a>),
    /// Those of a scenario.
    OfScenario(Vec<Step>),
}

impl<'a> Callbacks<'a> {
    fn new(options: &'a SendOptions) -> anyhow::Result<Self> {
        if let Some(name) = &options.callback.scenario {
            let steps = scenario::read(name, &options.callback, options.expect, options.lang)?;
            return Ok(Self::OfScenario(steps));
        }
        let plan = Plan::new(options, clock::now())?;
        if let Some(problem) = options.expect.and_then(|it| it.problem(plan.word(), options.lang)) {
            return Err(usage(problem));
        }
        if let Some(remark) = command_word::unknown(plan.word(), options.lang) {
            // A body is sent as it is, whatever it states.
            if options.callback.body.is_none() && command::nearest(plan.word()).is_some() {
                return Err(usage(remark));
            }
            print_status(remark);
        }
        Ok(Self::OfPlan(plan))
    }
}

struct Sender<'a> {
    options: &'a SendOptions,
    token: Option<&'a Token>,
    client: HttpClient,
}

impl Sender<'_> {
    async fn send(
        &self,
        callbacks: &Callbacks<'_>,
        report: &mut Report,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        match callbacks {
            Callbacks::OfPlan(plan) => self.send_plan(plan, report, out).await,
            Callbacks::OfScenario(steps) => self.send_scenario(steps, report, out).await,
        }
    }

    async fn send_plan(
        &self,
        plan: &Plan<'_>,
        report: &mut Report,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        let rate = self.options.rate;
        let mut pace = rate.map(|it| tokio::time::interval(Duration::from_secs_f64(1.0 / it)));
        for nth in plan.order() {
            if let Some(pace) = &mut pace {
                pace.tick().await;
            }
            let (_, mut checked) = self.post(plan.word(), &plan.sample(nth)).await;
            if let Some(it) = self.options.expect {
                checked = checked.expecting(it, self.options.lang);
            }
            report.add(&checked, out)?;
        }
        Ok(())
    }

    async fn send_scenario(
        &self,
        steps: &[Step],
        report: &mut Report,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        let seed = self.options.seed.unwrap_or(clock::now().0.unsigned_abs());
        let mut course = Course::new(&self.options.callback, seed, steps);
        for (nth, step) in steps.iter().enumerate() {
            if course.prevents(step) {
                continue;
            }
            tokio::time::sleep(step.after).await;
            let sample = course.sample(step, clock::now());
            let (reply, mut checked) = self.post(&step.word, &sample).await;
            if let Some(it) = step.expect {
                checked = checked.expecting(it, self.options.lang);
            }
            report.add(&checked, out)?;
            let rest: Vec<_> = steps[nth + 1..].iter().filter(|it| !course.prevents(it)).collect();
            if let (Some(judgment), Ok(reply)) = (&checked.judgment, &reply) {
                course.continue_by(step, judgment, &reply.body);
            }
            let not_sent = rest.into_iter().filter(|it| course.prevents(it));
            let not_sent: Vec<_> = not_sent.map(|it| it.word.as_str()).collect();
            if !not_sent.is_empty() {
                let (words, word) = (not_sent.join(self.options.lang.comma()), &step.word);
                let text = localize!(
                    self.options.lang,
                    "not sent, as Tencent needs {word} allowed first: {words}",
                    "未发送，须先允许 {word}：{words}"
                );
                writeln!(out, "     {text}")?;
            }
        }
        Ok(())
    }

    /// Sends a callback, and checks the reply.
    async fn post(&self, word: &str, sample: &Sample) -> (anyhow::Result<Reply>, CheckedReply) {
        let url = &self.options.url;
        let target = target(url, sample, self.token, self.options.stale);
        let reply = self.client.post_to(url, &target, sample.body.clone()).await;
        let secrets = Secrets::of_target(&target, self.token);
        let lang = self.options.lang;
        let mut checked = CheckedReply::new(word, &sample.body, &reply, &secrets, lang);
        if self.token.is_none() && reply.as_ref().is_ok_and(|it| it.status == 403) {
            checked.text += WITHOUT_TOKEN.text(lang);
        }
        (reply, checked)
    }
}

/// The request target of one callback: path and query of the given URL, then
/// Tencent's query, signed `stale` ago if there is a token.
fn target(url: &Uri, sample: &Sample, token: Option<&Token>, stale: Option<Duration>) -> String {
    let time = clock::now().minus(stale.unwrap_or_default());
    let path = url.path_and_query().map_or("/", |it| it.as_str());
    sample.target(path, token.map(|it| (it, time)))
}
