Absence request: ${student}, ${time}

Hello,

Your absence request for ${student} (${time}) was ${gate}. If you have questions, please talk to ${school}.

-- 
An automatic notice from ${school}. There is no need to reply.
