${student} arrived at school at ${time}

Hello,

${student} arrived at school at ${time} through ${gate}.

-- 
An automatic notice from ${school}. There is no need to reply.
