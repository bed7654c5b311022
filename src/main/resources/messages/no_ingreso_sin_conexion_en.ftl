${student} has not been recorded arriving by ${time}; a gate is offline

Hello,

${student} has not been recorded arriving by ${time} (due ${entry}).
One of the gates is offline; they may have entered there. We will tell you as soon as we know.

-- 
An automatic notice from ${school}. There is no need to reply.
