${student} entrou na escola às ${time}

Olá,

${student} entrou na escola às ${time} por ${gate}.

-- 
Aviso automático de ${school}. Não é preciso responder.
