Pedido de ausência: ${student}, ${time}

Olá,

Seu pedido de ausência de ${student} (${time}) foi ${gate}. Em caso de dúvida, fale com ${school}.

-- 
Aviso automático de ${school}. Não é preciso responder.
