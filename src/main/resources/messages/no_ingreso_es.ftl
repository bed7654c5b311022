${student} no registra ingreso a las ${time}

Hola:

${student} no registra ingreso a las ${time} (entrada ${entry}).
Si ya sabes el motivo, avisa al colegio; si no, llama cuanto antes.

-- 
Aviso automático de ${school}. No hace falta responder.
