//! Options of the listener, of forwarding, TLS and the tunnel.

use crate::answer::mode::AnswerKind;
use crate::callback::lang::Localized;
use crate::command::cli::parser::{parsed, text};
use crate::command::cli::spec::{FileContent, OptionGroup, OptionSpec};
use crate::command::cli::trust::{TrustNeed, answers_itself, is_loopback};
use crate::command::cli::value;

/// The file of the token; also an option of `send`, `replay` and `doctor`.
pub(super) const TOKEN_FILE: OptionSpec = OptionSpec::file("token-file", FileContent::Token)
    .help(
        "File that contains the callback token; default: the variable IMSCOPE_TOKEN",
        "存有回调 Token 的文件；默认取环境变量 IMSCOPE_TOKEN",
    )
    .variable("IMSCOPE_TOKEN_FILE", TrustNeed::Required);

/// The window of signatures; also an option of `doctor`.
pub(super) const SIGN_WINDOW: OptionSpec =
    OptionSpec::value("sign-window", "DURATION|off", |it| parsed(it, value::window))
        .help(
            "Largest difference between RequestTime and now in a signed callback, or off",
            "签名回调的 RequestTime 与当前时间的最大差值，或 off",
        )
        .variable("IMSCOPE_SIGN_WINDOW", TrustNeed::Required)
        .default("60s");

/// The expected application; also an option of `open`.
pub(super) const APP: OptionSpec =
    OptionSpec::value("app", "SDKAPPID", |it| parsed(it, value::app))
        .help(
            "Expected SdkAppid; callbacks with another one are flagged",
            "预期的 SdkAppid；其他 SdkAppid 的回调会被标出",
        )
        .variable("IMSCOPE_APP", TrustNeed::Harmless);

/// Options of the listener.
pub(super) const LISTENER: OptionGroup = OptionGroup {
    heading: Some(Localized::new("Listener", "监听")),
    options: &[
        OptionSpec::value("listen", "ADDR", |it| parsed(it, value::address))
            .help(
                "Address and port to listen on; a port alone binds to 127.0.0.1",
                "监听的地址与端口；只填端口时监听 127.0.0.1",
            )
            .variable("IMSCOPE_LISTEN", TrustNeed::RequiredUnless(is_loopback))
            .default("127.0.0.1:9527"),
        APP,
        TOKEN_FILE,
        SIGN_WINDOW,
        OptionSpec::value("reply", "REPLY", |it| parsed::<AnswerKind>(it, value::reply))
            .help(
                "Answer to callbacks: ok, fail, fail:TEXT, status:CODE or hang",
                "如何应答回调：ok、fail、fail:TEXT、status:CODE 或 hang",
            )
            .variable("IMSCOPE_REPLY", TrustNeed::Harmless)
            .default("ok"),
        OptionSpec::value("delay", "DURATION", |it| parsed(it, value::duration))
            .help("Delay before each answer", "每次应答前的延迟")
            .variable("IMSCOPE_DELAY", TrustNeed::Harmless)
            .default("0s"),
        OptionSpec::values("answer", "RULE", text).help(
            "Answer callbacks by a rule: FILTER => ACTION; of several, the first that matches decides",
            "按规则应答回调：过滤条件 => 动作；有多条时以第一条匹配的为准",
        )
        .in_file(TrustNeed::RequiredUnless(answers_itself)),
        OptionSpec::file("answers", FileContent::Rules)
            .help(
                "File of rules, one a line, after those of --answer (check it: imscope answers check FILE)",
                "规则文件，每行一条，排在 --answer 之后（检查：imscope answers check FILE）",
            )
            .variable("IMSCOPE_ANSWERS", TrustNeed::Required),
        OptionSpec::value("max-body", "SIZE", |it| parsed(it, value::size))
            .help("Largest request body accepted", "可接受的最大请求正文")
            .variable("IMSCOPE_MAX_BODY", TrustNeed::Harmless)
            .default("1MiB"),
    ],
};

/// Options of forwarding to a local app.
pub(super) const FORWARDING: OptionGroup = OptionGroup {
    heading: Some(Localized::new("Forwarding", "转发")),
    options: &[
        OptionSpec::value("forward", "URL", |it| parsed(it, value::base))
            .help(
                "Forward each callback to this URL, with its path appended, and return the reply to Tencent",
                "将每个回调转发到此 URL（附上其路径），并把应答返回给腾讯云",
            )
            .variable("IMSCOPE_FORWARD", TrustNeed::Required),
        OptionSpec::flag("strict")
            .help(
                "Return invalid replies unchanged, and 502 or 504 when there is none",
                "原样返回无效的应答；没有应答时返回 502 或 504",
            )
            .variable("IMSCOPE_STRICT", TrustNeed::Harmless)
            .requires(&["forward"]),
        OptionSpec::file("forward-ca", FileContent::Authorities)
            .help(
                "Trust the CAs in this file (PEM) if the URL is https",
                "URL 为 https 时，信任此文件（PEM）中的 CA",
            )
            .variable("IMSCOPE_FORWARD_CA", TrustNeed::Required),
    ],
};

/// Options of TLS; without any of these the listener serves plain HTTP.
pub(super) const TLS: OptionGroup = OptionGroup {
    heading: Some(Localized::new("TLS", "TLS")),
    options: &[
        OptionSpec::file("tls-cert", FileContent::Certificate)
            .help(
                "Serve https with this certificate (PEM, with its chain)",
                "用此证书（PEM，含证书链）提供 https",
            )
            .variable("IMSCOPE_TLS_CERT", TrustNeed::Required)
            .requires(&["tls-key"]),
        OptionSpec::file("tls-key", FileContent::Key)
            .help(
                "Private key of the certificate (PEM, unencrypted)",
                "证书的私钥（PEM，未加密）",
            )
            .variable("IMSCOPE_TLS_KEY", TrustNeed::Required)
            .requires(&["tls-cert"]),
        OptionSpec::file("tls-client-ca", FileContent::Authorities)
            .help(
                "Require client certificates signed by a CA in this file (PEM); Tencent presents \
                 none any more, so this is for callers such as your own proxy",
                "要求客户端证书由此文件（PEM）中的 CA 签发；腾讯云已不再出示客户端证书，仅用于自有代理等调用方",
            )
            .variable("IMSCOPE_TLS_CLIENT_CA", TrustNeed::Required),
        OptionSpec::flag("tls-self-signed")
            .help(
                "Serve https with a self-signed certificate for localhost; Tencent rejects it",
                "用 localhost 的自签名证书提供 https；腾讯云会拒绝该证书",
            )
            .variable("IMSCOPE_TLS_SELF_SIGNED", TrustNeed::Harmless)
            .conflicts(&["tls-cert"]),
    ],
};

/// The public URL of the dashboard.
const PUBLIC_URL: OptionSpec =
    OptionSpec::value("public-url", "URL", |it| parsed(it, value::public_url))
        .help(
            "Public URL of the listener; without it, that of a tunnel, or of the first callback \
             that comes through one",
            "监听端的公网 URL；不填则取隧道的，或首个经隧道到达的回调的 URL",
        )
        .variable("IMSCOPE_PUBLIC_URL", TrustNeed::Required);

const NGROK_API: OptionSpec = OptionSpec::value("ngrok-api", "URL", |it| parsed(it, value::url))
    .help(
        "URL of ngrok's local API; default: http://127.0.0.1:4040 to 4045",
        "ngrok 本地 API 的 URL；默认为 http://127.0.0.1:4040 至 4045",
    )
    .variable("IMSCOPE_NGROK_API", TrustNeed::Required);

const FRP_ADMIN: OptionSpec = OptionSpec::value("frp-admin", "URL", |it| parsed(it, value::url))
    .help(
        "URL of the admin server of frpc, with its user and password",
        "frpc 管理端的 URL，含用户名与密码",
    )
    .variable("IMSCOPE_FRP_ADMIN", TrustNeed::Required);

const TUNNEL_HEADING: Option<Localized> = Some(Localized::new("Tunnel", "隧道"));

/// Options of the tunnel, of the dashboard.
pub(super) const TUNNEL: OptionGroup =
    OptionGroup { heading: TUNNEL_HEADING, options: &[PUBLIC_URL, NGROK_API, FRP_ADMIN] };

/// Options of the tunnel, of `demo`, which looks for none.
pub(super) const TUNNEL_OF_DEMO: OptionGroup =
    OptionGroup { heading: TUNNEL_HEADING, options: &[PUBLIC_URL] };

/// Options of the tunnel, of `doctor`, to which a public URL of any form can be given.
pub(super) const TUNNEL_OF_DOCTOR: OptionGroup =
    OptionGroup { heading: TUNNEL_HEADING, options: &[NGROK_API, FRP_ADMIN] };
