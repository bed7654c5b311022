Correção: saída de ${student} às ${time}

Olá,

Correção: a saída de ${student} às ${time} por ${gate} foi registrada por engano.
Desculpe a confusão. Em caso de dúvida, ligue para a escola.

-- 
Aviso automático de ${school}. Não é preciso responder.
