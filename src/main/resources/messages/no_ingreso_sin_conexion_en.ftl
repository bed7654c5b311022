No record of ${student} arriving; a gate is offline

Hello,

At ${time} we have no record of ${student} (${course}) arriving, but a gate of the school is offline: they may have entered there.
We will tell you as soon as we know. If you are worried, please call the school.

-- 
An automatic notice from ${school}. There is no need to reply.
