Correction: ${student} was seen at school at ${time}

Hello,

Correction: ${student} did pass ${gate} at ${time}.
We are sorry for our earlier notice and for the worry.

-- 
An automatic notice from ${school}. There is no need to reply.
