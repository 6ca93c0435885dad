//! The style of the report.

/// The style sheet.
pub(super) const CSS: &str = "\
:root{color-scheme:light dark;--text:#1c1e21;--back:#fff;--dim:#667;--line:#dde;\
--bad:#b3261e;--good:#1b7a3d;--box:#f5f6f8}\
@media(prefers-color-scheme:dark){:root{--text:#e3e5e8;--back:#15171a;--dim:#99a;\
--line:#333840;--bad:#ff8a80;--good:#7fd89a;--box:#1e2126}}\
body{display:flex;flex-direction:column;max-width:1200px;margin:0 auto;padding:16px;\
color:var(--text);background:var(--back);font:14px/1.5 system-ui,sans-serif}\
header{order:-1}h1{font-size:22px;margin:8px 0}h2{font-size:16px;margin:16px 0 4px}\
p{margin:4px 0}table{border-collapse:collapse}th{text-align:left;font-weight:normal;\
color:var(--dim);padding:2px 12px 2px 0}td{padding:2px 12px 2px 0;\
vertical-align:top;border-bottom:1px solid var(--line);overflow-wrap:anywhere}\
td.bad{white-space:nowrap}td.n{text-align:right;font-variant-numeric:tabular-nums}main{margin-top:16px}\
details{border-bottom:1px solid var(--line)}summary,.head{display:flex;gap:12px;padding:3px 0;\
overflow:hidden;white-space:nowrap}summary{cursor:pointer}.head>*{color:var(--dim);font-weight:normal}\
summary>span,.head>span{flex:1;overflow:hidden;text-overflow:ellipsis}\
summary>b,.head>b{flex:0 0 30%;white-space:normal;overflow-wrap:anywhere}\
summary>i,.head>i{flex:0 0 90px;overflow:hidden;text-overflow:ellipsis}\
summary>time,.head>time{flex:0 0 64px}\
time,i,em,.note,.dim{color:var(--dim);font-style:normal}time{font-variant-numeric:tabular-nums}\
u{text-decoration:none}.bad{color:var(--bad)}.good{color:var(--good)}\
pre{margin:4px 0;padding:8px;background:var(--box);border-radius:4px;overflow:auto;\
max-height:480px;font:12px/1.45 ui-monospace,monospace;white-space:pre-wrap;\
overflow-wrap:anywhere}";
