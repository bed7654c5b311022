${student} saiu da escola às ${time}

Olá,

${student} saiu da escola às ${time} por ${gate}.

-- 
Aviso automático de ${school}. Não é preciso responder.
