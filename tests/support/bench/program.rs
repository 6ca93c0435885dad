//! The imscope binary in a pseudo-terminal of 200x50.

use std::io::Read as _;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// A running imscope, killed on drop.
pub struct Program {
    /// The port its listener is bound to; 0 without one.
    pub port: u16,
    /// Its process id.
    pub pid: u32,
    /// What it writes to the terminal.
    pub output: Receiver<Vec<u8>>,
    /// The controlling side of its terminal.
    pub terminal: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
}

impl Program {
    /// Starts it, without waiting for its first frame or for its listener.
    pub fn open(binary: &str, args: &[&str]) -> Self {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let listen = format!("127.0.0.1:{port}");
        Self::run(binary, &[&["--listen", &listen], args].concat(), port)
    }

    /// Opens a recording.
    pub fn replay(binary: &str, recording: &Path) -> Self {
        Self::run(binary, &["open", recording.to_str().unwrap()], 0)
    }

    fn run(binary: &str, args: &[&str], port: u16) -> Self {
        let size = PtySize { rows: 50, cols: 200, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(binary);
        command.args(args);
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).unwrap();
        let pid = child.process_id().unwrap();
        let (sender, output) = channel();
        let program = Self { port, pid, output, terminal: pair.master, child };
        let mut reader = program.terminal.try_clone_reader().unwrap();
        thread::spawn(move || {
            let mut bytes = vec![0; 65_536];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                // The receiver is gone once the program is dropped.
                let _ = sender.send(bytes[..count].to_vec());
            }
        });
        program
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
