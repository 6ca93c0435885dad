//! A callback as an HTTP request, and its exchange for an answer.

use std::io::{Read as _, Write as _};

use imscope::callback::delivery::OK_BODY;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The body of a text message of usual size.
pub const BODY: &str = r#"{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"red packet, 小红包 🧧"}},{"MsgType":"TIMCustomElem","MsgContent":{"Data":"{\"a\":1}","Desc":"","Ext":"","Sound":""}}],"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"jared","To_Account":"Jonh","MsgRandom":2837546,"MsgSeq":48374,"MsgTime":1557481126,"MsgKey":"48374_2837546_1557481126","OnlineOnlyFlag":0,"SendMsgResult":0,"ErrorInfo":"send msg succeed","UnreadMsgNum":7,"CloudCustomData":"your cloud custom data"}"#;

/// The HTTP request that sends a body as a callback.
pub fn request(body: &str) -> String {
    format!(
        "POST /?SdkAppid=1400000000&CallbackCommand=C2C.CallbackAfterSendMsg&contenttype=json\
         &ClientIP=127.0.0.1&OptPlatform=RESTAPI HTTP/1.1\r\nHost: im.example.com\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Sends a callback on a new connection and waits for the status 200.
pub fn post(port: u16, body: &str) -> std::io::Result<()> {
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port))?;
    stream.write_all(request(body).as_bytes())?;
    let mut answer = [0; 16];
    stream.read_exact(&mut answer)?;
    assert!(answer.starts_with(b"HTTP/1.1 200 "));
    Ok(())
}

/// Sends a request on a kept connection and reads the complete answer.
pub async fn exchange(stream: &mut TcpStream, request: &str) {
    let mut answer = [0; 1024];
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut received = 0;
    while !answer[..received].ends_with(OK_BODY) {
        let bytes = stream.read(&mut answer[received..]).await.unwrap();
        assert!(bytes > 0, "the connection was closed");
        received += bytes;
    }
    assert!(answer.starts_with(b"HTTP/1.1 200 "));
}
