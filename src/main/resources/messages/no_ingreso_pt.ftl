${student} não registra entrada às ${time}

Olá,

${student} não registra entrada às ${time} (entrada ${entry}).
Se você já sabe o motivo, informe a escola; se não, ligue para a escola.

-- 
Aviso automático de ${school}. Não é preciso responder.
