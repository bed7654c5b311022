${student} left school at ${time}

Hello,

${student} left school at ${time} through ${gate}.

-- 
An automatic notice from ${school}. There is no need to reply.
