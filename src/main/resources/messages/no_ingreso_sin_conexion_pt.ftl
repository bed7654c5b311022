Sem registro de entrada de ${student}; uma portaria está sem conexão

Olá,

Às ${time} não temos registro de entrada de ${student} (${course}), mas uma portaria da escola está sem conexão: pode ter entrado por ela.
Avisaremos assim que soubermos. Se tiver dúvidas, ligue para a escola.

-- 
Aviso automático de ${school}. Não é preciso responder.
