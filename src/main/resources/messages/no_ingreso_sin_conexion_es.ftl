Sin registro de ingreso de ${student}; una portería está sin conexión

Hola:

A las ${time} no tenemos registro de ingreso de ${student} (${course}), pero una portería del colegio está sin conexión: puede haber entrado por ella.
Te avisaremos en cuanto lo sepamos. Si te preocupa, llama al colegio.

-- 
Aviso automático de ${school}. No hace falta responder.
