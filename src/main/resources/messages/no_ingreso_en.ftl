${student} has not been recorded arriving by ${time}

Hello,

${student} has not been recorded arriving by ${time} (due ${entry}).
If you know why, please tell the school; if not, please call it.

-- 
An automatic notice from ${school}. There is no need to reply.
