Solicitud de ausencia: ${student}, ${time}

Hola:

Tu solicitud de ausencia de ${student} (${time}) fue ${gate}. Si tienes dudas, habla con ${school}.

-- 
Aviso automático de ${school}. No hace falta responder.
