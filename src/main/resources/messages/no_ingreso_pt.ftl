${student} ainda não entrou na escola

Olá,

Às ${time} ${student} (${course}) ainda não tinha entrada registrada na escola.
Se você já sabia da ausência, não é preciso fazer nada. Se não, ligue para a escola.

-- 
Aviso automático de ${school}. Não é preciso responder.
