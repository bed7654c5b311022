Correction: departure of ${student} at ${time}

Hello,

Correction: the departure of ${student} at ${time} through ${gate} was recorded by mistake.
We are sorry for the confusion. If in doubt, please call the school.

-- 
An automatic notice from ${school}. There is no need to reply.
