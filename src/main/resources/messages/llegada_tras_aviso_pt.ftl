Correção: ${student} passou pela escola às ${time}

Olá,

Correção: ${student} passou por ${gate} às ${time}.
Desculpe o aviso anterior e a preocupação.

-- 
Aviso automático de ${school}. Não é preciso responder.
