//! Why only a part of a body was received.

use super::delivery::{AnsweredBy, Delivery};
use super::lang::Localized;

/// The word for a body of which only a part was received.
pub const PARTIAL: Localized = Localized::new("partial", "不完整");

impl Delivery {
    /// Why only a part of its body was received, in few words: by the status that imscope
    /// answered for that reason. `None` for another answer, and for a refused delivery, of
    /// whose body the beginning suffices. Of a body that is JSON the status proves nothing:
    /// the answer mode can be the same.
    pub fn partial_reason(&self) -> Option<Localized> {
        let answer = &self.answer;
        let is_own = answer.by == AnsweredBy::Imscope && answer.rule.is_none();
        if self.is_refused() || !is_own || answer.trouble.is_empty() {
            return None;
        }
        Some(match answer.status {
            400 => Localized::new("malformed chunks", "分块格式有误"),
            408 => Localized::new("arrived too slowly", "到达过慢"),
            413 => Localized::new("over --max-body", "超过 --max-body"),
            503 => Localized::new("too many large ones", "大正文过多"),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::{Answer, Refusal, trouble};

    #[test]
    fn only_imscopes_answer_to_a_part_of_a_body_has_a_reason() {
        let answer =
            Answer { status: 413, trouble: vec![trouble::body_too_long(9)], ..Answer::ok(0) };
        let reason = |answer: &Answer, refusal| {
            let delivery = Delivery { answer: answer.clone(), refusal, ..Delivery::default() };
            delivery.partial_reason().map(|it| it.en)
        };
        assert_eq!(reason(&answer, None), Some("over --max-body"));
        assert_eq!(reason(&answer, Some(Refusal::Method)), None);
        assert_eq!(reason(&Answer { by: AnsweredBy::App, ..answer.clone() }, None), None);
        assert_eq!(reason(&Answer { trouble: Vec::new(), ..answer.clone() }, None), None);
        assert_eq!(reason(&Answer { status: 200, ..answer }, None), None);
    }
}
