${student} salió del colegio a las ${time}

Hola:

${student} salió del colegio a las ${time} por ${gate}.

-- 
Aviso automático de ${school}. No hace falta responder.
