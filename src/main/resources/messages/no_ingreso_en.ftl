${student} has not arrived at school

Hello,

At ${time} ${student} (${course}) had not yet been recorded arriving at school.
If you know about this absence, there is nothing to do. If not, please call the school.

-- 
An automatic notice from ${school}. There is no need to reply.
