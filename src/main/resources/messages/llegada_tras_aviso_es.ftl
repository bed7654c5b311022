Corrección: ${student} sí pasó por el colegio a las ${time}

Hola:

Corrección: ${student} sí pasó por ${gate} a las ${time}.
Sentimos el aviso anterior y la preocupación.

-- 
Aviso automático de ${school}. No hace falta responder.
