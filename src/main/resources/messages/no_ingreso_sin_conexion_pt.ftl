${student} não registra entrada às ${time}; uma portaria está sem conexão

Olá,

${student} não registra entrada às ${time} (entrada ${entry}).
Uma das portarias está sem conexão; pode ter entrado por ela. Avisaremos assim que soubermos.

-- 
Aviso automático de ${school}. Não é preciso responder.
